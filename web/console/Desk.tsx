import { useEffect, useRef, useState } from 'preact/hooks';
import type { AgentSession } from '../shared/agent';
import { LineNotice } from '../ui/LineNotice';
import { useText } from '../ui/text';
import { useStore } from '../ui/use';
import { Bar } from './Bar';
import { Chats } from './Chats';
import { Door } from './Door';
import type { Login } from './login';
import { Queue } from './Queue';
import { Room } from './Room';
import { Toast } from './Toast';
import { useChosen } from './useChosen';

/** The agent's work: who waits and who talks on the left, the chosen room beside it; on a phone one after the other. */
export function Desk({ session, login }: { session: AgentSession; login: Login }) {
  const { t } = useText();
  const state = useStore(session);
  const [chosen, choose] = useChosen();
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  const room = chosen ? state.rooms[chosen] : undefined;
  const unread = Object.values(state.rooms).reduce((n, it) => n + (it.mine ? it.unread : 0), 0);

  const take = (id: string) => {
    session.take(id);
    choose(id);
  };
  useTakeKey(state.queue[0]?.id, take);
  useEffect(() => {
    document.title = `${unread ? `(${unread}) ` : ''}${t('product')} · ${t('welcome')}`;
  }, [unread, t]);

  if (state.line === 'refused') return <Door failed={false} enter={() => login.start()} />;
  return (
    <div class={room ? 'desk in-room' : 'desk'}>
      <Bar state={state} setStatus={(status) => session.setStatus(status)} leave={() => login.leave()} />
      <LineNotice line={state.line} lostSince={state.lostSince} takeOver={() => session.takeOver()} />
      <main class="columns">
        <h1 class="unseen">{t('welcome')}</h1>
        <div class="lists">
          <Queue rooms={state.queue} take={take} />
          <Chats rooms={state.rooms} chosen={chosen} drafts={drafts} />
        </div>
        <div class="room">
          {chosen && room ? (
            <Room
              key={chosen}
              id={chosen}
              state={room}
              colleagues={state.agents.filter(({ id }) => id !== state.me?.id)}
              session={session}
              draft={drafts[chosen] ?? ''}
              setDraft={(text) => setDrafts((all) => ({ ...all, [chosen]: text }))}
              back={() => choose(undefined)}
            />
          ) : (
            <div class="pick">
              <h2>{t('pick')}</h2>
              <p>{t('pickText')}</p>
            </div>
          )}
        </div>
      </main>
      <Toast error={state.error} dismiss={() => session.dismissError()} />
    </div>
  );
}

/** Alt+T takes the next customer. By the key's place, since Alt changes its letter on a Mac. */
function useTakeKey(next: string | undefined, take: (id: string) => void) {
  const latest = useRef({ next, take });
  latest.current = { next, take };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!event.altKey || event.code !== 'KeyT' || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const it = latest.current;
      if (it.next) it.take(it.next);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
