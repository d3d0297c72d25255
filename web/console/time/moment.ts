import type { Lang } from '../../components/translation';

const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(lang: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([lang, options]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(lang, options);
  formats.set(key, format);
  return format;
}

/**
 * A moment not far from now, as 6:02 PM, tomorrow 9:00 AM, Mon 9:00 AM or Dec 24, 9:00 AM; on the clocks of `timeZone`, by default the
 * reader's.
 */
export function formatMoment(at: number, now: number, lang: Lang, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const clock: Intl.DateTimeFormatOptions = { ...zone, hour: 'numeric', minute: '2-digit' };
  const number = (ms: number) =>
    Date.parse(formatOf('sv', { ...zone, dateStyle: 'short' }).format(ms)) / DAY_MS; // as 2026-11-30
  const days = number(at) - number(now);
  if (days === 0) return formatOf(lang, clock).format(at);
  if (Math.abs(days) === 1) {
    const day = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }).format(days, 'day');
    return `${day} ${formatOf(lang, clock).format(at)}`;
  }
  if (Math.abs(days) < 7) return formatOf(lang, { ...clock, weekday: 'short' }).format(at);
  return formatOf(lang, { ...clock, month: 'short', day: 'numeric' }).format(at);
}
