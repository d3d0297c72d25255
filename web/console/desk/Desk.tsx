import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { AgentSession, AgentState } from '../../client/agent/state';
import { browserStore } from '../../client/line/storage';
import type { Person } from '../../client/wire/protocol';
import { useStoreByFrame } from '../../components/hooks';
import { LineNotice } from '../../components/LineNotice';
import { useTranslation } from '../../components/translation';
import { CannedStore } from '../canned/store';
import { ChatsView } from '../chats/ChatsView';
import { Drafts } from '../chats/drafts';
import { useQueue } from '../chats/list/useQueue';
import { usePanes } from '../chats/usePanes';
import { lazyView } from '../components/lazy';
import { HoursStore } from '../hours/store';
import { LoginPage } from '../login/LoginPage';
import type { Login } from '../login/login';
import { useLogout } from '../login/useLogout';
import { NotificationSettings } from '../notifications/NotificationSettings';
import { Settings } from '../notifications/settings';
import { useNotifications } from '../notifications/useNotifications';
import { navigate, useRoute } from '../route';
import { LeftNotice } from './LeftNotice';
import { MissedChatsNotice } from './MissedChatsNotice';
import { type MissedChats, MissedChatsDetector } from './missedChats';
import { OpenElsewhere } from './OpenElsewhere';
import { ShortcutList } from './ShortcutList';
import { StillAway } from './StillAway';
import { useShortcuts } from './shortcuts';
import { Toast } from './Toast';
import { TopBar } from './TopBar';
import { useRestoredFocus } from './useRestoredFocus';

const PastView = lazyView('view_past', async () => (await import('../past/PastView')).PastView);
const CannedView = lazyView('view_canned', async () => (await import('../canned/CannedView')).CannedView);
const StatsView = lazyView('view_stats', async () => (await import('../stats/StatsView')).StatsView);
const HoursView = lazyView('view_hours', async () => (await import('../hours/HoursView')).HoursView);

/** On a phone the lists are hidden while a room is open. */
const PHONE = '(max-width: 760px)';

/** Waits until the server has said who the agent is, then shows their desk. */
export function Desk({ session, login }: { session: AgentSession; login: Login }) {
  const { t } = useTranslation();
  const state = useStoreByFrame(session); // a flood of customers must not freeze the page
  if (state.line === 'refused') return <LoginPage failed={false} enter={() => login.redirect()} />;
  if (state.me) return <LoggedInDesk key={state.me.id} me={state.me} {...{ session, state, login }} />;
  return (
    <main class="login-page">
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

function LoggedInDesk({ me, session, state, login }: Props) {
  const { t } = useTranslation();
  const route = useRoute();
  const panes = usePanes(route);
  const { settings, drafts, missedChats, canned, hours } = useMemo(() => {
    const local = browserStore('localStorage');
    return {
      settings: new Settings(local),
      drafts: new Drafts(local, `rejoin.drafts/${me.id}`),
      missedChats: new MissedChatsDetector(local, `rejoin.held/${me.id}`),
      canned: new CannedStore((command) => session.request(command)),
      hours: new HoursStore((command) => session.request(command)),
    };
  }, [me.id, session]);
  const queue = useQueue(state);
  // An agent stays away across log-outs, which is easily forgotten.
  const [askToGoOnline, setAskToGoOnline] = useState(login.justLoggedIn && state.status === 'away');
  const [dialog, setDialog] = useState<'shortcuts' | 'notifications'>();
  const { missed, close: closeMissed } = useMissedChats(session, missedChats);
  const logOut = useLogout(session, login);

  useRestoredFocus();
  const shown = route.view === 'chats' ? panes.shown : [];
  useNotifications({ session, settings, shown, waiting: queue.waiting, open: panes.open });
  useShortcuts({
    goChats: () => navigate('chats', panes.shown),
    goPast: () => navigate('past'),
    goCanned: () => navigate('canned'),
    goStats: () => navigate('stats'),
    goHours: () => navigate('hours'),
    sheet: () => setDialog('shortcuts'),
    away: () => session.setStatus(state.status === 'away' ? 'online' : 'away'),
  });
  useEffect(() => {
    drafts.keepOnly((room) => state.rooms[room]?.room.status !== 'ended');
  }, [state.rooms, drafts]);
  useEffect(() => {
    // Other windows of this browser write drafts too.
    const onStorage = ({ key }: StorageEvent) => key === drafts.key && drafts.reload();
    addEventListener('storage', onStorage);
    return () => removeEventListener('storage', onStorage);
  }, [drafts]);

  const unread = Object.values(state.rooms).reduce((n, it) => n + (it.mine ? it.unread : 0), 0);
  const take = (room: string) => {
    session.take(room);
    panes.open(room);
  };
  const showLeft = () => {
    navigate('chats', matchMedia(PHONE).matches ? [] : panes.shown);
    setTimeout(() => document.getElementById('questions')?.focus()); // once it is drawn
  };
  return (
    <div class="desk">
      <TopBar
        state={state}
        view={route.view}
        rooms={panes.shown}
        unread={unread}
        waiting={state.status === 'online' ? queue.waiting : 0}
        setStatus={(status) => session.setStatus(status)}
        openSettings={() => setDialog('notifications')}
        openShortcuts={() => setDialog('shortcuts')}
        logOut={logOut}
      />
      {state.line !== 'replaced' && (
        <LineNotice line={state.line} lostSince={state.lostSince} takeOver={() => session.takeOver()} />
      )}
      {login.justLoggedIn && <LeftNotice state={state} show={showLeft} />}
      {missed && <MissedChatsNotice missed={missed} take={take} close={closeMissed} />}
      {route.view === 'chats' && <ChatsView {...{ session, state, queue, panes, drafts, canned, hours }} />}
      {route.view === 'past' && <PastView {...{ session, state, route }} />}
      {route.view === 'stats' && <StatsView {...{ session, state, route }} />}
      {route.view === 'hours' && <HoursView {...{ hours, state, route }} />}
      {route.view === 'canned' && <CannedView canned={canned} me={me} />}
      <Toast error={state.error} dismiss={() => session.dismissError()} />
      {state.line === 'replaced' && <OpenElsewhere takeOver={() => session.takeOver()} />}
      {askToGoOnline && (
        <StillAway goOnline={() => session.setStatus('online')} close={() => setAskToGoOnline(false)} />
      )}
      {dialog === 'shortcuts' && <ShortcutList close={() => setDialog(undefined)} />}
      {dialog === 'notifications' && (
        <NotificationSettings settings={settings} close={() => setDialog(undefined)} />
      )}
      <p class="visually-hidden" role="status">
        {queue.waiting > 0 && t('queueAnnounced', { n: queue.waiting })}
      </p>
    </div>
  );
}

/** The chats that the agent lost while the connection was gone, until the notice is closed. */
function useMissedChats(session: AgentSession, detector: MissedChatsDetector) {
  const [found, setFound] = useState<MissedChats>();
  const first = useRef(true);
  useEffect(() => {
    const detect = (state: AgentState) => {
      const missed = detector.update(state);
      if (missed) setFound(missed);
    };
    if (first.current) detect(session.state);
    first.current = false;
    return session.subscribe(detect);
  }, [session, detector]);
  // A chat that an agent has taken again is no longer missed.
  const requeued = found?.requeued.filter(({ id }) => session.state.queue.some((it) => it.id === id)) ?? [];
  const missed = found && (requeued.length || found.lost.length) ? { requeued, lost: found.lost } : undefined;
  return { missed, close: () => setFound(undefined) };
}
