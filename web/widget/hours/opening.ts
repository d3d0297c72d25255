import type { CustomerState } from '../../client/customer/state';
import type { Serving } from '../../client/wire/protocol';
import type { Translation } from '../panel/text';
import type { Screen } from '../panel/view';

type Language = Pick<Translation, 't' | 'format'>;

const DAY_MS = 86_400_000;

/** What a customer is told while nobody serves them: before a chat, and once they have left a question. */
export function openingNotice(
  language: Language,
  { hours, room }: Pick<CustomerState, 'hours' | 'room'>,
  shown: Screen,
  now = Date.now(),
): string {
  const { t } = language;
  if (shown === 'form' && hours) {
    const back = hours.state === 'closed' && openingTime(language, 'at', hours, now);
    return [
      t(hours.state === 'closed' ? 'closed' : 'nobody'),
      ...(back ? [t('back', { when: back })] : []),
      t('leave'),
    ].join(' ');
  }
  if (room?.status !== 'waiting' || !hours) return '';
  const when = openingTime(language, 'after', hours, now);
  return when ? t('keptUntil', { when }) : t('kept');
}

/**
 * When a closed shop opens, in the customer's time zone: that of their browser, if none is given. The shop's own time stands beside it
 * if its clocks show another one then. Empty if no time is known, or if it is over.
 */
export function openingTime(
  { t, format }: Language,
  word: 'at' | 'after',
  { until = 0, zone }: Serving,
  now: number,
  timeZone?: string,
): string {
  if (!(until > now)) return '';
  const days = dateOf(until, timeZone) - dateOf(now, timeZone);
  const date: Intl.DateTimeFormatOptions =
    days < 7
      ? { weekday: 'long' }
      : { month: 'long', day: 'numeric', ...(days > 300 && { year: 'numeric' }) };
  const day =
    days < 1 ? '' : days < 2 ? t('tomorrow') : t('day', { day: format(until, { ...date, timeZone }) });
  const when = t(word, { day, time: format(until, { timeStyle: 'short', timeZone }) }).trim();
  try {
    if (!zone || clockAt(until, zone) === clockAt(until, timeZone)) return when;
    const time = format(until, { timeStyle: 'short', timeZone: zone });
    const sameDay = dateOf(until, zone) === dateOf(until, timeZone);
    const weekday = sameDay ? '' : format(until, { weekday: 'short', timeZone: zone });
    return t('ours', { when, time: `${weekday} ${time}`.trim() });
  } catch {
    return when; // this browser does not know the shop's zone
  }
}

/** The wall clock of a zone; the Swedish way to write it is ISO 8601's. */
const clockAt = (at: number, timeZone?: string) => new Date(at).toLocaleString('sv', { timeZone });

/** The date in a zone, as a number of days. */
const dateOf = (at: number, timeZone?: string) => Date.parse(clockAt(at, timeZone).slice(0, 10)) / DAY_MS;
