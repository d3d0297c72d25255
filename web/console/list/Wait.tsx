import { useText } from '../../ui/text';
import { age } from './age';
import { urgency } from './waits';

/** How long somebody waits, in a colour that says whether it is too long; `said` puts it into words. */
export function Wait({ since, now, said }: { since: number; now: number; said: string }) {
  const text = useText();
  const time = age(since, now, text);
  return (
    <time class={`wait ${urgency(since, now)}`} dateTime={new Date(since).toISOString()}>
      <span aria-hidden="true">{time}</span>
      <span class="unseen">{text.t(said, { time })}</span>
    </time>
  );
}
