import { isoTime } from '../../../components/dates';
import { useTranslation } from '../../../components/translation';
import { formatAge } from '../../time/age';
import { urgency } from './waits';

interface Props {
  since: number;
  now: number;
  /** Key of the text for screen readers, around {time}. */
  labelKey: string;
  /** Without a warning colour. */
  calm?: boolean;
}

/** How long somebody waits, in a colour that says whether it is too long. */
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
