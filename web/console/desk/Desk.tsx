import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { AgentSession, AgentState } from '../../client/agent/state';
import { browserStore } from '../../client/line/storage';
import type { Person } from '../../client/wire/protocol';
import { useStore } from '../../components/hooks';
import { LineNotice } from '../../components/LineNotice';
import { useTranslation } from '../../components/translation';
import { CannedView } from '../canned/CannedView';
import { CannedStore } from '../canned/store';
import { ChatsView } from '../chats/ChatsView';
import { Drafts } from '../chats/drafts';
import { useQueue } from '../chats/list/useQueue';
import { usePanes } from '../chats/usePanes';
import { Door } from '../login/LoginPage';
import type { Login } from '../login/login';
import { useLeave } from '../login/useLogout';
import { NoticeSheet } from '../notifications/NotificationSettings';
import { Settings } from '../notifications/settings';
import { useNotices } from '../notifications/useNotifications';
import { PastView } from '../past/PastView';
import { go, useRoute } from '../route';
import { StatsDoor } from '../stats/LazyStats';
import { ReturnedNotice } from './MissedChatsNotice';
import { type Missed, Returned } from './missedChats';
import { Replaced } from './OpenElsewhere';
import { KeySheet } from './ShortcutList';
import { StillAway } from './StillAway';
import { useKeys } from './shortcuts';
import { Toast } from './Toast';
import { Bar } from './TopBar';
import { useFocusKept } from './useRestoredFocus';

/** From the connection to the desk, once the server has said who sits at it. */
export function Desk({ session, login }: { session: AgentSession; login: Login }) {
  const { t } = useTranslation();
  const state = useStore(session);
  if (state.line === 'refused') return <Door failed={false} enter={() => login.start()} />;
  if (state.me) return <Seated key={state.me.id} me={state.me} {...{ session, state, login }} />;
  return (
    <main class="door">
      <LineNotice line={state.line} lostSince={state.lostSince} takeOver={() => session.takeOver()} />
      <p role="status">{t('loading')}</p>
    </main>
  );
}

interface Props {
  me: Person;
  session: AgentSession;
  state: AgentState;
  login: Login;
}

function Seated({ me, session, state, login }: Props) {
  const { t } = useTranslation();
  const route = useRoute();
  const panes = usePanes(route);
  const { settings, drafts, returned, canned } = useMemo(() => {
    const kept = browserStore('localStorage');
    return {
      settings: new Settings(kept),
      drafts: new Drafts(kept, `rejoin.drafts/${me.id}`),
      returned: new Returned(kept, `rejoin.held/${me.id}`),
      canned: new CannedStore((command) => session.request(command)),
    };
  }, [me.id, session]);
  const queue = useQueue(state);
  // *Away* outlasts a log-out, and is easily forgotten.
  const [asked, setAsked] = useState(login.fresh && state.status === 'away');
  const [sheet, setSheet] = useState<'keys' | 'notices'>();
  const missed = useMissed(session, returned);
  const leave = useLeave(session, login);

  useFocusKept();
  const shown = route.view === 'chats' ? panes.shown : [];
  useNotices({ session, settings, shown, waiting: queue.waiting, open: panes.open });
  useKeys({
    goChats: () => go('chats', panes.shown),
    goPast: () => go('past'),
    goCanned: () => go('canned'),
    goStats: () => go('stats'),
    sheet: () => setSheet('keys'),
    away: () => session.setStatus(state.status === 'away' ? 'online' : 'away'),
  });
  useEffect(() => {
    drafts.keep((room) => state.rooms[room]?.room.status !== 'ended');
  }, [state.rooms, drafts]);
  useEffect(() => {
    // The browser tells of what its other windows write.
    const written = ({ key }: StorageEvent) => key === drafts.place && drafts.follow();
    addEventListener('storage', written);
    return () => removeEventListener('storage', written);
  }, [drafts]);

  const unread = Object.values(state.rooms).reduce((n, it) => n + (it.mine ? it.unread : 0), 0);
  const take = (room: string) => {
    session.take(room);
    panes.open(room);
  };
  return (
    <div class="desk">
      <Bar
        state={state}
        view={route.view}
        rooms={panes.shown}
        unread={unread}
        waiting={state.status === 'online' ? queue.waiting : 0}
        setStatus={(status) => session.setStatus(status)}
        settings={() => setSheet('notices')}
        keys={() => setSheet('keys')}
        leave={leave}
      />
      {state.line !== 'replaced' && (
        <LineNotice line={state.line} lostSince={state.lostSince} takeOver={() => session.takeOver()} />
      )}
      {missed.told && <ReturnedNotice missed={missed.told} take={take} close={missed.close} />}
      {route.view === 'chats' && <ChatsView {...{ session, state, queue, panes, drafts, canned }} />}
      {route.view === 'past' && <PastView {...{ session, state, route }} />}
      {route.view === 'stats' && <StatsDoor {...{ session, state, route }} />}
      {route.view === 'canned' && <CannedView canned={canned} me={me} />}
      <Toast error={state.error} dismiss={() => session.dismissError()} />
      {state.line === 'replaced' && <Replaced takeOver={() => session.takeOver()} />}
      {asked && <StillAway goOnline={() => session.setStatus('online')} close={() => setAsked(false)} />}
      {sheet === 'keys' && <KeySheet close={() => setSheet(undefined)} />}
      {sheet === 'notices' && <NoticeSheet settings={settings} close={() => setSheet(undefined)} />}
      <p class="unseen" role="status">
        {queue.waiting > 0 && t('queueSaid', { n: queue.waiting })}
      </p>
    </div>
  );
}

/** What became of chats while the line was gone, until the agent has read it. */
function useMissed(session: AgentSession, returned: Returned) {
  const [told, setTold] = useState<Missed>();
  const first = useRef(true);
  useEffect(() => {
    const look = (state: AgentState) => {
      const found = returned.next(state);
      if (found) setTold(found);
    };
    if (first.current) look(session.state);
    first.current = false;
    return session.subscribe(look);
  }, [session, returned]);
  // Who was taken again, by whomever, is no longer missed.
  const back = told?.back.filter(({ id }) => session.state.queue.some((it) => it.id === id)) ?? [];
  const shown = told && (back.length || told.gone.length) ? { back, gone: told.gone } : undefined;
  return { told: shown, close: () => setTold(undefined) };
}
