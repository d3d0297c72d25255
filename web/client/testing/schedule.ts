import { MAX_EXCEPTIONS, MAX_SPANS } from '../wire/limits';
import type { OpenSpan } from '../wire/protocol';
import type { Wire } from './network';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Whether the real service takes these hours. */
export function isSchedule(it: Wire): boolean {
  const { zone, week, closed } = it;
  const exceptions = it.exceptions ?? [];
  return (
    isZone(zone) &&
    Array.isArray(week) &&
    week.length === 7 &&
    week.every((day) => isDay(day ?? [])) &&
    Array.isArray(exceptions) &&
    exceptions.length <= MAX_EXCEPTIONS &&
    exceptions.every((one) => isDate(one?.date) && isDay(one.open ?? [])) &&
    new Set(exceptions.map(({ date }) => date)).size === exceptions.length &&
    (closed == null || (typeof closed === 'object' && !Array.isArray(closed) && isTime(closed.until))) &&
    ['', 'optional', 'required'].includes(it.email ?? '')
  );
}

const isTime = (it: unknown): boolean => it == null || (Number.isInteger(it) && (it as number) >= 0);

function isZone(it: unknown): boolean {
  try {
    return typeof it === 'string' && it !== '' && !!new Intl.DateTimeFormat('en', { timeZone: it });
  } catch {
    return false;
  }
}

function isDate(it: unknown): boolean {
  if (typeof it !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(it)) return false;
  const date = new Date(`${it}T00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(it);
}

function isDay(it: unknown): boolean {
  if (!Array.isArray(it) || it.length > MAX_SPANS) return false;
  const spans: OpenSpan[] = it.toSorted((a, b) => String(a?.from).localeCompare(String(b?.from)));
  return spans.every(
    (span, i) =>
      TIME.test(span?.from) &&
      (TIME.test(span.to) || span.to === '24:00') &&
      span.from < span.to &&
      (i === 0 || `${spans[i - 1]?.to}` <= span.from),
  );
}
