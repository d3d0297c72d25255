import type { AgentRoom } from '../../shared/agent';
import { useText } from '../../ui/text';
import { useNow } from '../../ui/use';
import { age } from './age';

interface Props {
  rooms: Record<string, AgentRoom>;
  chosen: string | undefined;
  drafts: Record<string, string>;
}

/** This agent's open rooms, the newest word first. */
export function Chats({ rooms, chosen, drafts }: Props) {
  const { t } = useText();
  const mine = Object.values(rooms)
    .filter((it) => it.mine)
    .sort((a, b) => newest(b) - newest(a));
  return (
    <section aria-labelledby="chats">
      <h2 id="chats">
        {t('chats')} {mine.length > 0 && <span class="count-of">{mine.length}</span>}
      </h2>
      {mine.length === 0 && <p class="none">{t('chatsEmpty')}</p>}
      <ul class="list">
        {mine.map((it) => (
          <li key={it.room.id}>
            <Chat it={it} chosen={it.room.id === chosen} draft={drafts[it.room.id]} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Chat({ it, chosen, draft }: { it: AgentRoom; chosen: boolean; draft: string | undefined }) {
  const text = useText();
  const { t } = text;
  const now = useNow(30_000);
  const last =
    it.items.findLast(({ from }) => from !== 'system')?.text ?? it.room.last?.text ?? it.room.topic;
  return (
    <a class="card" href={`#${encodeURIComponent(it.room.id)}`} aria-current={chosen ? 'true' : undefined}>
      <span class="line-of">
        <b>{it.room.customer.name || t('visitor')}</b>
        {!it.peerOnline && <em>{t('gone')}</em>}
        <time dateTime={new Date(newest(it)).toISOString()}>{age(newest(it), now, text)}</time>
      </span>
      <span class="line-of">
        <span class="preview">{it.peerTyping ? '…' : draft && !chosen ? `✎ ${draft}` : last}</span>
        {it.unread > 0 && (
          <span class="badge">
            <span aria-hidden="true">{it.unread}</span>
            <span class="unseen">{t('unread', { n: it.unread })}</span>
          </span>
        )}
      </span>
    </a>
  );
}

const newest = (it: AgentRoom) => it.items.at(-1)?.at ?? it.room.created;
