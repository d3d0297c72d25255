import type { AgentRoom } from '../../../client/agent/state';
import { isoTime } from '../../../components/dates';
import { useNow, useStore } from '../../../components/hooks';
import { useTranslation } from '../../../components/translation';
import { Badge } from '../../components/Badge';
import { hashOf } from '../../route';
import { formatAge } from '../../time/age';
import type { Drafts } from '../drafts';
import { VirtualList } from './VirtualList';
import { WaitTime } from './WaitTime';
import { waitingSince } from './waits';

interface Props {
  /** In the order in which to answer them. */
  rooms: readonly AgentRoom[];
  /** Ids of the rooms whose customers have left the site. */
  left: ReadonlySet<string>;
  shown: readonly string[];
  active: string | undefined;
  drafts: Drafts;
  open(room: string, beside: boolean): void;
}

/** The agent's open rooms, first those that wait for a reply. */
export function MyChats({ rooms, left: gone, shown, active, drafts, open }: Props) {
  const { t } = useTranslation();
  const now = useNow(15_000);
  const draftTexts = useStore(drafts);
  return (
    <section class="chats" aria-labelledby="chats" style={{ '--rows': Math.max(1, rooms.length) }}>
      <h2 id="chats">
        {t('chats')} {rooms.length > 0 && <span class="count-badge">{rooms.length}</span>}
      </h2>
      <div class="scroll-box">
        {rooms.length === 0 && <p class="empty-note">{t('chatsEmpty')}</p>}
        <VirtualList
          items={rooms}
          keyOf={({ room }) => room.id}
          current={active}
          row={(it) => (
            <ChatCard
              it={it}
              now={now}
              left={gone.has(it.room.id)}
              shown={shown.includes(it.room.id)}
              draft={draftTexts[it.room.id]}
              open={open}
            />
          )}
        />
      </div>
    </section>
  );
}

interface RowProps {
  it: AgentRoom;
  now: number;
  left: boolean;
  shown: boolean;
  draft: string | undefined;
  open: Props['open'];
}

function ChatCard({ it, now, left, shown, draft, open }: RowProps) {
  const text = useTranslation();
  const { t } = text;
  const { room, items, unread, peerTyping, transferredBy } = it;
  const since = waitingSince(it);
  const last = items.findLast(({ from }) => from !== 'system');
  const at = last?.at ?? room.created;
  return (
    <a
      class="card cover"
      href={hashOf('chats', [room.id])}
      aria-current={shown ? 'true' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey) return; // opens a new tab
        event.preventDefault();
        open(room.id, event.shiftKey);
      }}
    >
      <span class="card-line">
        <b>{room.customer.name || t('visitor')}</b>
        {left && <em>{t('leftSite')}</em>}
        {since === undefined ? (
          <time dateTime={isoTime(at)}>{formatAge(at, now, text)}</time>
        ) : (
          <WaitTime since={since} now={now} labelKey="needsReplyFor" calm={left} />
        )}
      </span>
      <span class="card-line">
        <span class="preview">
          {transferredBy !== undefined && (
            <span class="topic">{t('transferredFrom', { name: transferredBy || t('agent') })}</span>
          )}
          {peerTyping ? (
            <i>{t('isTyping')}</i>
          ) : draft && !shown ? (
            <>
              <i class="draft">{t('draft')}</i> {draft}
            </>
          ) : (
            (last?.text ?? room.last?.text ?? room.topic)
          )}
        </span>
        {unread > 0 && <Badge n={unread} labelKey="unread" />}
      </span>
    </a>
  );
}
