import type { Item, RoomState } from '../client/room/state';
import { dateWithYear, dayWithWeekday } from './dates';
import { Message, type Unsent } from './Message';
import { pastRows, type Row, threadRows } from './rows';
import { type Translation, useTranslation } from './translation';
import { useStickToEnd } from './useStickToEnd';

interface Props extends Unsent {
  /** The customer's name. */
  peer: string;
  state: Pick<RoomState, 'items' | 'past' | 'pastMore' | 'peerTyping' | 'readByPeer'>;
  older(): Promise<void> | void;
}

/** The conversation as an agent sees it: past chats, a divider, and the current one as a live log. */
export function Thread({ peer, state, older, ...unsent }: Props) {
  const text = useTranslation();
  const { t, lang } = text;
  const { items, past, pastMore, peerTyping, readByPeer } = state;
  const bottom = useStickToEnd(pastMore ? older : undefined);
  const lastRead = items.findLast(
    (it) => it.from === 'agent' && it.seq !== undefined && it.seq <= readByPeer,
  )?.key;

  const list = (of: Row[]) =>
    of.map((row) => {
      if (row.kind === 'chat')
        return (
          <li key={row.key} class="divider">
            {row.by ? `${dateWithYear(lang, row.at)} · ${row.by}` : dateWithYear(lang, row.at)}
          </li>
        );
      if (row.kind === 'day')
        return (
          <li key={row.key} class="day">
            {dayWithWeekday(lang, row.at)}
          </li>
        );
      if (row.kind === 'event')
        return (
          <li key={row.key} class="event">
            {eventText(row.item, text)}
          </li>
        );
      const { key, item, first, last } = row;
      const mine = item.from === 'agent';
      const name = mine ? t('you') : peer;
      return <Message {...{ key, item, mine, name, first, last, read: item.key === lastRead, unsent }} />;
    });

  return (
    <div class="thread">
      <section
        class="scroll"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={t('thread')}
        ref={bottom.box}
        onScroll={bottom.onScroll}
      >
        {pastMore && (
          <button type="button" class="earlier" onClick={older}>
            {t('earlier')}
          </button>
        )}
        {past.length > 0 && (
          <>
            <ol class="past">{list(pastRows(past))}</ol>
            <p class="divider">{t('divider')}</p>
          </>
        )}
        <div role="log" aria-live="polite" aria-label={t('thread')}>
          <ol>{list(threadRows(items, past.at(-1)?.at))}</ol>
        </div>
        <p class={peerTyping ? 'typing on' : 'typing'} aria-live="polite">
          {peerTyping && <span class="visually-hidden">{t('typing', { name: peer })}</span>}
          <i />
          <i />
          <i />
        </p>
      </section>
      {bottom.where === 'missed' && (
        <button type="button" class="newest" onClick={bottom.toEnd}>
          {t('newest')} ↓
        </button>
      )}
      {bottom.where === 'up' && (
        <button
          type="button"
          class="newest"
          aria-label={t('latest')}
          title={t('latest')}
          onClick={bottom.toEnd}
        >
          ↓
        </button>
      )}
    </div>
  );
}

/** A system message in the reader's language; an unknown event as the server wrote it. */
function eventText({ event, by, text }: Item, { t }: Translation): string {
  if (!event) return text;
  const translated = t(event, { name: by || t('agent') });
  return translated === event ? text : translated;
}
