import type { RoomObject } from '../../shared/protocol';
import { useText } from '../../ui/text';
import { useNow } from '../../ui/use';
import { age } from './age';

interface Props {
  rooms: RoomObject[];
  take(room: string): void;
}

/** Who waits, longest first. */
export function Queue({ rooms, take }: Props) {
  const text = useText();
  const { t } = text;
  const now = useNow(15_000);
  return (
    <section aria-labelledby="queue">
      <h2 id="queue">
        {t('queue')} {rooms.length > 0 && <span class="count-of">{rooms.length}</span>}
      </h2>
      {rooms.length === 0 ? (
        <p class="none">{t('queueEmpty')}</p>
      ) : (
        <>
          <ol class="list">
            {rooms.map((room) => {
              const name = room.customer.name || t('visitor');
              return (
                <li key={room.id} class="card">
                  <span class="line-of">
                    <b>{name}</b>
                    {!room.customer.online && <em>{t('gone')}</em>}
                    <time dateTime={new Date(room.created).toISOString()}>
                      {age(room.created, now, text)}
                    </time>
                  </span>
                  <span class="line-of">
                    <span class="preview">{room.last?.text ?? room.topic}</span>
                    <button
                      type="button"
                      class="main small"
                      aria-label={t('takeNamed', { name })}
                      onClick={() => take(room.id)}
                    >
                      {t('take')}
                    </button>
                  </span>
                </li>
              );
            })}
          </ol>
          <p class="hint">{t('takeKey')}</p>
        </>
      )}
    </section>
  );
}
