import type { Translation } from '../../components/translation';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, in the largest fitting unit. */
export function formatAge(since: number, now: number, { t }: Translation): string {
  const ms = now - since;
  if (ms < MINUTE) return t('now');
  if (ms < HOUR) return t('minutes', { n: Math.floor(ms / MINUTE) });
  if (ms < DAY) return t('hours', { n: Math.floor(ms / HOUR) });
  return t('days', { n: Math.floor(ms / DAY) });
}
