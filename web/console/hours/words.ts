import type { OpenSpan } from '../../client/wire/protocol';
import type { Lang, Translation } from '../../components/translation';
import { DAY, minutesOf } from './schedule';

const clock = (lang: Lang) =>
  new Intl.DateTimeFormat(lang, { timeZone: 'UTC', hour: 'numeric', minute: '2-digit' });

/** A time of a schedule, as 9:00 AM; 24:00 is midnight. */
export function timeWords(time: string, { t, lang }: Translation): string {
  const minutes = minutesOf(time);
  if (minutes === undefined) return '?';
  return minutes === DAY ? t('hoursMidnight') : clock(lang).format(minutes * 60_000);
}

/** The spans of a day, as 9:00 AM–12:00 PM, 1:00 PM–6:00 PM. */
export function spansWords(spans: readonly OpenSpan[], text: Translation): string {
  if (!spans.length) return text.t('hoursClosedDay');
  return spans
    .map((span) =>
      span.from === '00:00' && span.to === '24:00'
        ? text.t('hoursAllDay')
        : `${timeWords(span.from, text)}–${timeWords(span.to, text)}`,
    )
    .join(', ');
}

const MONDAY = Date.UTC(2026, 10, 30);
const DAY_MS = 86_400_000;

/** The names of the weekdays, Monday first. */
export const weekdays = (lang: Lang): string[] =>
  [0, 1, 2, 3, 4, 5, 6].map((day) =>
    new Intl.DateTimeFormat(lang, { timeZone: 'UTC', weekday: 'long' }).format(MONDAY + day * DAY_MS),
  );

/** A date, as Fri, Dec 25; with its year if it is not the current one. */
export function dateWords(date: string, { lang }: Translation, year = `${new Date().getFullYear()}`): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(at)) return date || '?';
  return new Intl.DateTimeFormat(lang, {
    timeZone: 'UTC',
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    ...(date.slice(0, 4) !== year && { year: 'numeric' }),
  }).format(at);
}
