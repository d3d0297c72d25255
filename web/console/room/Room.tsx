import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { AgentRoom, AgentSession } from '../../shared/agent';
import type { Person } from '../../shared/protocol';
import { Composer } from '../../ui/Composer';
import { Thread } from '../../ui/Thread';
import { useText } from '../../ui/text';
import { useWhileSeen } from '../../ui/use';
import { RoomHead } from './RoomHead';

interface Props {
  id: string;
  state: AgentRoom;
  colleagues: Person[];
  session: AgentSession;
  draft: string;
  setDraft(text: string): void;
  back(): void;
}

/** One conversation. */
export function Room({ id, state, colleagues, session, draft, setDraft, back }: Props) {
  const { t } = useText();
  const { room, mine, unread } = state;
  const name = room.customer.name || t('visitor');
  const field = useRef<HTMLTextAreaElement>(null);

  useWhileSeen(mine && unread > 0, () => session.seen(id));
  // Who enters sees what this customer said before.
  useEffect(() => {
    if (mine) session.older(id);
  }, [mine, id, session]);
  // On a phone the keyboard would cover what the agent came to read.
  useLayoutEffect(() => {
    if (mine && matchMedia('(hover: hover)').matches) field.current?.focus();
  }, [mine]);

  return (
    <>
      <RoomHead
        name={name}
        online={state.peerOnline}
        mine={mine}
        colleagues={colleagues}
        back={back}
        release={() => session.release(id)}
        transfer={(agent) => session.transfer(id, agent)}
        end={() => session.end(id)}
      />
      <Thread
        side="agent"
        peer={name}
        state={state}
        older={() => session.older(id)}
        retry={(key) => session.retry(id, key)}
        discard={(key) => session.discard(id, key)}
      />
      {mine ? (
        <Composer
          draft={draft}
          setDraft={setDraft}
          placeholder={t('write', { name })}
          send={(text) => session.send(id, text)}
          typing={() => session.typing(id)}
          field={field}
        />
      ) : (
        <p class="closed" role="status">
          {room.status === 'ended'
            ? t(room.reason ?? 'over')
            : t(room.status === 'waiting' ? 'waits' : 'notMine')}
        </p>
      )}
    </>
  );
}
