import { MAX_EXCEPTIONS, MAX_SPANS } from '../../client/wire/limits';
import type { OpenSpan, Schedule } from '../../client/wire/protocol';
import { isDate, minutesOf } from './schedule';

/** Word keys of what is wrong, by field: `zone`, `week.0`, `week.0.1`, `exceptions.2.date`, `exceptions.2`, `exceptions.2.0`. */
export type Problems = Record<string, string>;

/** What the server would refuse in a schedule. */
export function problemsOf({ zone, week, exceptions = [] }: Schedule): Problems {
  const found: Problems = {};
  if (!isZone(zone)) found.zone = 'hoursZoneUnknown';
  for (const [day, spans] of week.entries()) Object.assign(found, spanProblems(spans, `week.${day}`));
  const seen = new Set<string>();
  for (const [i, { date, open }] of exceptions.entries()) {
    if (!isDate(date)) found[`exceptions.${i}.date`] = 'hoursDateMissing';
    else if (seen.has(date)) found[`exceptions.${i}.date`] = 'hoursDateTwice';
    seen.add(date);
    Object.assign(found, spanProblems(open, `exceptions.${i}`));
  }
  if (exceptions.length > MAX_EXCEPTIONS) found.exceptions = 'hoursTooManyDates';
  return found;
}

function spanProblems(spans: readonly OpenSpan[], path: string): Problems {
  const found: Problems = {};
  if (spans.length > MAX_SPANS) found[path] = 'hoursTooMany';
  for (const [i, { from, to }] of spans.entries()) {
    const [begins, ends] = [minutesOf(from), minutesOf(to)];
    if (begins === undefined || ends === undefined) found[`${path}.${i}`] = 'hoursTimeMissing';
    else if (ends <= begins) found[`${path}.${i}`] = 'hoursEndFirst';
    else if (spans.slice(0, i).some((other) => other.from < to && from < other.to))
      found[`${path}.${i}`] = 'hoursOverlap';
  }
  return found;
}

/** Whether the browser knows the zone. A fixed offset such as +09:00 is none. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
