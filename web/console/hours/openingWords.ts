import type { Translation } from '../../components/translation';
import { formatMoment } from '../time/moment';

/** Whether a shop is open, and until when, in words; on the clocks of `zone`, by default the reader's. */
export function openingWords(
  { open, until }: { open: boolean; until?: number | undefined },
  now: number,
  { t, lang }: Translation,
  zone?: string,
): string {
  const key = open ? 'hoursOpen' : 'hoursClosed';
  if (until === undefined) return t(key);
  return t(`${key}Until`, { time: formatMoment(until, now, lang, zone) });
}
