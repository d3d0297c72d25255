import type { ComponentChildren } from 'preact';
import type { RoomObject } from '../../../client/wire/protocol';
import { useTranslation } from '../../../components/translation';
import { ShopName } from '../../components/ShopName';
import { hashOf } from '../../route';

interface Props {
  room: RoomObject;
  shown: boolean;
  /** Whether it can wait: the customer is not here. */
  calm: boolean;
  take(room: string): void;
  /** Before the preview. */
  mark?: ComponentChildren;
  /** Beside the name. */
  children: ComponentChildren;
}

/** A room that an agent can take: the customer, and what it is about. */
export function QueueCard({ room, shown, calm, take, mark, children }: Props) {
  const { t } = useTranslation();
  const name = room.customer.name || t('visitor');
  // The topic may be the question itself, and is then not repeated.
  const topic = room.topic && room.last?.text.startsWith(room.topic) ? undefined : room.topic;
  return (
    <div class={shown ? 'card current' : 'card'}>
      <span class="card-line">
        <a href={hashOf('chats', [room.id])} class="cover" aria-label={t('viewChatWith', { name })}>
          <b>{name}</b>
        </a>
        {children}
      </span>
      <span class="card-line">
        <span class="preview">
          {mark}
          <ShopName site={room.site} />
          {topic && <span class="topic">{topic}</span>}
          {room.last?.text}
        </span>
        <button
          type="button"
          class={calm ? 'secondary small' : 'primary small'}
          aria-label={t('takeNamed', { name })}
          onClick={() => take(room.id)}
        >
          {t('take')}
        </button>
      </span>
    </div>
  );
}
