import type { RoomObject } from '../../shared/protocol';
import { useText } from '../../ui/text';
import { useNow } from '../../ui/use';
import { hashOf } from '../route';
import { Shop } from '../Shop';
import { Rows } from './Rows';
import { useAway } from './useAway';
import { Wait } from './Wait';

interface Props {
  rooms: readonly RoomObject[];
  /** How many wait besides. */
  more: number;
  shown: readonly string[];
  take(room: string): void;
}

/** Who waits, longest first. */
export function Queue({ rooms, more, shown, take }: Props) {
  const { t } = useText();
  const now = useNow(15_000);
  const waiting = rooms.length + more;
  return (
    <section class="queue" aria-labelledby="queue">
      <h2 id="queue">
        {t('queue')} {waiting > 0 && <span class="count-of">{waiting}</span>}
      </h2>
      <div class="box">
        {rooms.length === 0 && <p class="none">{t('queueEmpty')}</p>}
        <Rows
          items={rooms}
          keyOf={({ id }) => id}
          row={(room) => <Waiting room={room} now={now} shown={shown.includes(room.id)} take={take} />}
        />
        {more > 0 && <p class="none">{t('queueMore', { n: more })}</p>}
      </div>
    </section>
  );
}

interface RowProps {
  room: RoomObject;
  now: number;
  shown: boolean;
  take(room: string): void;
}

function Waiting({ room, now, shown, take }: RowProps) {
  const { t } = useText();
  const away = useAway(room.customer.online);
  const name = room.customer.name || t('visitor');
  // A shop may make the question itself the topic; it is not said twice.
  const topic = room.topic && room.last?.text.startsWith(room.topic) ? undefined : room.topic;
  return (
    <div class={shown ? 'card current' : 'card'}>
      <span class="line-of">
        <a href={hashOf('chats', [room.id])} class="whole" aria-label={t('look', { name })}>
          <b>{name}</b>
        </a>
        {away && <em>{t('gone')}</em>}
        <Wait since={room.created} now={now} said="waitsFor" />
      </span>
      <span class="line-of">
        <span class="preview">
          <Shop site={room.site} />
          {topic && <span class="topic">{topic}</span>}
          {room.last?.text}
        </span>
        <button
          type="button"
          class="main small"
          aria-label={t('takeNamed', { name })}
          onClick={() => take(room.id)}
        >
          {t('take')}
        </button>
      </span>
    </div>
  );
}
