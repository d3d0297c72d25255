import type { ComponentChildren } from 'preact';
import type { RoomObject } from '../../../client/wire/protocol';
import { isoTime } from '../../../components/dates';
import { useNow } from '../../../components/hooks';
import { useTranslation } from '../../../components/translation';
import { formatMoment } from '../../time/moment';
import { QueueCard } from './QueueCard';
import { isAnswered } from './questions';
import { VirtualList } from './VirtualList';

interface Props {
  /** In the order in which to answer them. */
  rooms: readonly RoomObject[];
  /** How many there are in all. */
  total: number;
  shown: readonly string[];
  take(room: string): void;
  /** The list is not live. */
  stale: boolean;
  /** What is said about many of them. */
  notice: ComponentChildren;
}

/**
 * The questions of customers who have gone, which are kept until an agent answers them. Without any only the notice stays, since its
 * dialog may just have ended the last of them.
 */
export function LeftQuestions({ rooms, total, shown, take, stale, notice }: Props) {
  const { t } = useTranslation();
  const now = useNow(60_000);
  return (
    <section
      class={stale ? 'questions stale' : 'questions'}
      aria-labelledby={total > 0 ? 'questions' : undefined}
      style={{ '--rows': rooms.length }}
    >
      {total > 0 && (
        <h2 id="questions" tabIndex={-1}>
          {t('leftQuestions')}{' '}
          <span class="count-badge">
            {total > rooms.length ? t('countOf', { n: rooms.length, total }) : rooms.length}
          </span>
        </h2>
      )}
      {notice}
      {total > 0 && (
        <div class="scroll-box">
          <VirtualList
            items={rooms}
            keyOf={({ id }) => id}
            row={(room) => <LeftCard room={room} now={now} shown={shown.includes(room.id)} take={take} />}
          />
        </div>
      )}
    </section>
  );
}

interface CardProps extends Pick<Props, 'take'> {
  room: RoomObject;
  now: number;
  shown: boolean;
}

function LeftCard({ room, now, shown, take }: CardProps) {
  const { t, lang } = useTranslation();
  const { since, open } = room.left ?? { since: room.created, open: 0 };
  const at = formatMoment(since, now, lang);
  const minutes = Math.floor(open / 60_000);
  const waited = minutes < 60 ? t('minutes', { n: minutes }) : t('hours', { n: Math.floor(minutes / 60) });
  const answered = isAnswered(room);
  return (
    <QueueCard
      room={room}
      shown={shown}
      calm
      take={take}
      mark={answered && <span class="topic">{t('leftAnswered')}</span>}
    >
      <time dateTime={isoTime(since)}>
        <span class="visually-hidden">{t('leftAt', { time: at })}</span>
        <span aria-hidden="true">{at}</span>
      </time>
      {!answered && (
        <em title={t('leftOpen', { time: waited })}>
          <span class="visually-hidden">{t('leftOpen', { time: waited })}</span>
          <span aria-hidden="true">{waited}</span>
        </em>
      )}
    </QueueCard>
  );
}
