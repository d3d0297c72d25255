import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { AgentRoom, AgentSession } from '../../../client/agent/state';
import type { RoomObject } from '../../../client/wire/protocol';
import { useWhileOnScreen } from '../../../components/hooks';
import { Thread } from '../../../components/Thread';
import { useTranslation } from '../../../components/translation';
import type { CannedStore } from '../../canned/store';
import type { Drafts } from '../drafts';
import { Write } from './RoomComposer';
import { type Question, RoomHead } from './RoomHeader';

interface Props {
  id: string;
  state: AgentRoom;
  session: AgentSession;
  drafts: Drafts;
  canned: CannedStore;
  /** Of several rooms, the one that keys and the customer's card are about. */
  active: boolean;
  several: boolean;
  card: boolean;
  activate(): void;
  toggleCard(): void;
  ask(what: Question): void;
  back(): void;
  close(): void;
  /** Goes to the next chat, in place of a room that is over. */
  next: (() => void) | undefined;
}

/** One conversation. */
export function Room({ id, state, session, drafts, canned, active, several, card, ...does }: Props) {
  const { t } = useTranslation();
  const { room, mine, unread } = state;
  const name = room.customer.name || t('visitor');
  const waiting = session.state.queue.find((it) => it.id === id);
  const waits = room.status === 'waiting' && waiting !== undefined;
  const reads = mine || waits;
  const field = useRef<HTMLTextAreaElement>(null);

  useWhileOnScreen(mine && unread > 0, () => session.seen(id));
  // Who enters, or looks in, sees what this customer said before; of a room that waits, only the queue tells of more.
  useEffect(() => {
    if (reads) void session.newest(id);
  }, [reads, waiting?.seq, id, session]);
  // On a phone the keyboard would cover what the agent came to read.
  useLayoutEffect(() => {
    if (mine && active && matchMedia('(hover: hover)').matches) field.current?.focus();
  }, [mine, active]);

  return (
    <section
      class={several && active ? 'room active' : 'room'}
      aria-label={t('roomOf', { name })}
      onFocusIn={does.activate}
      onPointerDown={does.activate}
    >
      <RoomHead
        id={id}
        name={name}
        site={room.site}
        online={mine ? state.peerOnline : room.customer.online}
        mine={mine}
        card={card}
        several={several}
        back={does.back}
        close={does.close}
        toggleCard={does.toggleCard}
        release={() => session.release(id)}
        ask={does.ask}
      />
      <Thread
        peer={name}
        state={state}
        older={() => session.older(id)}
        retry={(key) => session.retry(id, key)}
        discard={(key) => session.discard(id, key)}
      />
      {mine ? (
        <Write
          id={id}
          name={name}
          customer={room.customer.name}
          session={session}
          drafts={drafts}
          canned={canned}
          field={field}
        />
      ) : (
        <div class="closed" role="status">
          <p>{t(why(room, waits))}</p>
          <p class="ways">
            {waits && (
              <button type="button" class="main" onClick={() => session.take(id)}>
                {t('takeNamed', { name })}
              </button>
            )}
            {!waits && does.next && (
              <button type="button" class="main" onClick={does.next}>
                {t('nextChat')}
              </button>
            )}
            <button type="button" class="quiet" onClick={does.close}>
              {t('close')}
            </button>
          </p>
        </div>
      )}
    </section>
  );
}

/** Why one cannot write here. */
function why({ status, reason }: RoomObject, waits: boolean): string {
  if (status === 'ended') return reason ?? 'over';
  if (waits) return 'waits';
  return status === 'active' ? 'notMine' : 'missingText';
}
