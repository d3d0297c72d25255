import { isoTime } from '../../../components/dates';
import { useTranslation } from '../../../components/translation';
import { formatAge } from '../../time/age';
import { urgency } from './waits';

interface Props {
  since: number;
  now: number;
  /** Word key of the text for screen readers, with {time}. */
  labelKey: string;
  /** Never in a warning colour. */
  calm?: boolean;
}

/** A waiting time, in a warning colour if it is long. */
export function WaitTime({ since, now, labelKey, calm }: Props) {
  const text = useTranslation();
  const time = formatAge(since, now, text);
  return (
    <time class={`wait ${calm ? 'calm' : urgency(since, now)}`} dateTime={isoTime(since)}>
      <span aria-hidden="true">{time}</span>
      <span class="visually-hidden">{text.t(labelKey, { time })}</span>
    </time>
  );
}
