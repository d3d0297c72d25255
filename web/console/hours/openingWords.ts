import type { Translation } from '../../components/translation';
import { formatMoment } from '../time/moment';

/** Whether a shop is open, and until when, in words; on the clocks of `zone`, by default the reader's. */
export function openingWords(
  { open, until }: { open: boolean; until?: number | undefined },
  now: number,
  { t, lang }: Translation,
  zone?: string,
): string {
  if (until === undefined) return t(open ? 'hoursOpen' : 'hoursClosed');
  return t(open ? 'hoursOpenUntil' : 'hoursClosedUntil', { time: formatMoment(until, now, lang, zone) });
}
