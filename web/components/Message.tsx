import { useMemo } from 'preact/hooks';
import type { Item } from '../client/room/state';
import { isoTime, timeOfDay } from './dates';
import { linkTarget, splitLinks } from './links';
import { useTranslation } from './translation';

export interface Unsent {
  retry(key: string): void;
  discard(key: string): void;
}

interface Props {
  item: Item;
  mine: boolean;
  name: string;
  first: boolean;
  last: boolean;
  read: boolean;
  unsent: Unsent;
}

/** One text: its bubble, and below the last of a group the time and the state. */
export function Message({ item, mine, name, first, last, read, unsent }: Props) {
  const kind = `text ${mine ? 'mine' : 'theirs'}${first ? ' first' : ''} ${item.state ?? ''}`;
  const parts = useMemo(() => splitLinks(item.text), [item.text]);
  return (
    <li class={kind}>
      <span class={first && !mine ? 'name' : 'visually-hidden'}>{name} </span>
      <p class="bubble">
        {parts.map((part, i) =>
          i % 2 ? (
            <a href={linkTarget(part)} target="_blank" rel="noopener noreferrer nofollow">
              {part}
            </a>
          ) : (
            part
          ),
        )}
      </p>
      {/* Screen readers do not announce changes of the state. */}
      <span class="foot" aria-live="off">
        {item.state ? (
          <Pending item={item} unsent={unsent} />
        ) : (
          (last || read) && <Stored at={item.at} read={read} />
        )}
      </span>
    </li>
  );
}

function Stored({ at, read }: { at: number; read: boolean }) {
  const { lang, t } = useTranslation();
  return (
    <>
      {read && `${t('read')} · `}
      <time dateTime={isoTime(at)}>{timeOfDay(lang, at)}</time>
    </>
  );
}

/** The state of a text without an ack: sending, slow, or failed. */
function Pending({ item, unsent }: { item: Item; unsent: Unsent }) {
  const { t } = useTranslation();
  if (item.state === 'sending') return <>{t('sending')}</>;
  if (item.state === 'retry')
    return (
      <button type="button" onClick={() => unsent.retry(item.key)}>
        {t('retry')}
      </button>
    );
  return (
    <>
      {t('failed')}{' '}
      <button type="button" onClick={() => unsent.retry(item.key)}>
        {t('resend')}
      </button>{' '}
      <button type="button" onClick={() => unsent.discard(item.key)}>
        {t('discard')}
      </button>
    </>
  );
}
