import type { Translation } from '../../components/translation';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A duration in its two largest units. */
export function formatDuration(ms: number, { t }: Translation): string {
  const whole = Math.round(ms / 1000) * 1000;
  const hours = Math.floor(whole / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  const seconds = (whole % MINUTE) / 1000;
  const parts = hours
    ? [t('hours', { n: hours }), minutes && t('minutes', { n: minutes })]
    : [minutes && t('minutes', { n: minutes }), (seconds || !minutes) && t('seconds', { n: seconds })];
  return parts.filter(Boolean).join(' ');
}
