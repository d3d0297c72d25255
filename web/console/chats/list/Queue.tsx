import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { RoomObject } from '../../../client/wire/protocol';
import { useNow } from '../../../components/hooks';
import { useTranslation } from '../../../components/translation';
import { QueueCard } from './QueueCard';
import { VirtualList } from './VirtualList';
import { WaitTime } from './WaitTime';

interface Props {
  onSite: readonly RoomObject[];
  /** Customers who have left the site. */
  left: readonly RoomObject[];
  /** How many more wait. */
  more: number;
  shown: readonly string[];
  take(room: string): void;
  /** The list is not live: the agent is away, or the connection is lost. */
  stale: boolean;
  /** What is said about many who wait. */
  notice: ComponentChildren;
  /** For an agent who is away. */
  goOnline: (() => void) | undefined;
}

/** The waiting customers, longest first, and below them, folded, those who have left the site. */
export function Queue({ onSite, left, more, shown, take, stale, notice, goOnline }: Props) {
  const { t } = useTranslation();
  const now = useNow(15_000);
  const [open, setOpen] = useState(false);
  const waiting = onSite.length + more;
  const row = (offSite: boolean) => (room: RoomObject) => (
    <WaitingCard room={room} now={now} hasLeft={offSite} shown={shown.includes(room.id)} take={take} />
  );
  const rows = Math.max(1, onSite.length) + (open ? left.length : 0);
  return (
    <section class={stale ? 'queue stale' : 'queue'} aria-labelledby="queue" style={{ '--rows': rows }}>
      <h2 id="queue">
        {t('queue')} {waiting > 0 && <span class="count-badge">{waiting}</span>}
      </h2>
      {goOnline && (
        <p class="notice">
          {t('queueAway')}{' '}
          <button type="button" class="link-button" onClick={goOnline}>
            {t('goOnline')}
          </button>
        </p>
      )}
      {notice}
      <div class="scroll-box">
        {onSite.length === 0 && <p class="empty-note">{t('queueEmpty')}</p>}
        <VirtualList items={onSite} keyOf={({ id }) => id} row={row(false)} />
        {more > 0 && <p class="empty-note">{t('queueMore', { n: more })}</p>}
        {left.length > 0 && (
          <details class="left" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
            <summary>{t('leftCount', { n: left.length })}</summary>
            {open && <VirtualList items={left} keyOf={({ id }) => id} row={row(true)} />}
          </details>
        )}
      </div>
    </section>
  );
}

interface RowProps {
  room: RoomObject;
  now: number;
  hasLeft: boolean;
  shown: boolean;
  take(room: string): void;
}

function WaitingCard({ room, now, hasLeft: gone, shown, take }: RowProps) {
  return (
    <QueueCard room={room} shown={shown} calm={gone} take={take}>
      <WaitTime since={room.created} now={now} labelKey="waitingFor" calm={gone} />
    </QueueCard>
  );
}
