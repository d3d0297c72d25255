import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { AgentRoom, AgentSession } from '../../../client/agent/state';
import type { RoomObject } from '../../../client/wire/protocol';
import { useWhileOnScreen } from '../../../components/hooks';
import { Thread } from '../../../components/Thread';
import { useTranslation } from '../../../components/translation';
import type { CannedStore } from '../../canned/store';
import type { Drafts } from '../drafts';
import { useLeft } from '../list/useLeft';
import { RoomComposer } from './RoomComposer';
import { type ConfirmedAction, RoomHeader } from './RoomHeader';

interface Props {
  id: string;
  state: AgentRoom;
  session: AgentSession;
  drafts: Drafts;
  canned: CannedStore;
  /** Of several rooms, the one that shortcuts and the customer's card refer to. */
  active: boolean;
  several: boolean;
  card: boolean;
  activate(): void;
  toggleCard(): void;
  confirm(what: ConfirmedAction): void;
  back(): void;
  close(): void;
  /** Opens the next chat in place of an ended room; undefined if there is none. */
  next: (() => void) | undefined;
}

/** One conversation. */
export function Room({ id, state, session, drafts, canned, active, several, card, ...actions }: Props) {
  const { t } = useTranslation();
  const { room, mine, unread } = state;
  const name = room.customer.name || t('visitor');
  const waiting = session.state.queue.find((it) => it.id === id);
  const waits = room.status === 'waiting' && waiting !== undefined;
  const canRead = mine || waits;
  const left = useLeft([{ id, online: mine ? state.peerOnline : room.customer.online }]).has(id);
  const field = useRef<HTMLTextAreaElement>(null);

  useWhileOnScreen(mine && unread > 0, () => session.seen(id));
  // Loads the newest texts on opening the room. New texts of a waiting room are announced by the queue only.
  useEffect(() => {
    if (canRead) void session.newest(id);
  }, [canRead, waiting?.seq, id, session]);
  // Not on phones: the keyboard would cover the conversation.
  useLayoutEffect(() => {
    if (mine && active && matchMedia('(hover: hover)').matches) field.current?.focus();
  }, [mine, active]);

  return (
    <section
      class={several && active ? 'room active' : 'room'}
      aria-label={t('roomOf', { name })}
      onFocusIn={actions.activate}
      onPointerDown={actions.activate}
    >
      <RoomHeader
        name={name}
        site={room.site}
        left={left}
        mine={mine}
        card={card}
        several={several}
        back={actions.back}
        close={actions.close}
        toggleCard={actions.toggleCard}
        release={() => session.release(id)}
        confirm={actions.confirm}
      />
      <Thread
        peer={name}
        state={state}
        older={() => session.older(id)}
        retry={(key) => session.retry(id, key)}
        discard={(key) => session.discard(id, key)}
      />
      {mine ? (
        <RoomComposer
          id={id}
          name={name}
          customer={room.customer.name}
          left={left}
          session={session}
          drafts={drafts}
          canned={canned}
          field={field}
        />
      ) : (
        <div class="read-only" role="status">
          <p>{t(closedReasonKey(room, waits, !!waiting?.left))}</p>
          <p class="next-steps">
            {waits && (
              <button type="button" class="primary" onClick={() => session.take(id)}>
                {t('takeNamed', { name })}
              </button>
            )}
            {!waits && actions.next && (
              <button type="button" class="primary" onClick={actions.next}>
                {t('nextChat')}
              </button>
            )}
            <button type="button" class="secondary" onClick={actions.close}>
              {t('close')}
            </button>
          </p>
        </div>
      )}
    </section>
  );
}

/** Word key of the reason why the agent cannot write here. */
function closedReasonKey({ status, reason }: RoomObject, waits: boolean, left: boolean): string {
  if (status === 'ended') return reason ?? 'chatEnded';
  if (waits) return left ? 'inLeft' : 'inQueue';
  return status === 'active' ? 'withColleague' : 'notAssignedText';
}
