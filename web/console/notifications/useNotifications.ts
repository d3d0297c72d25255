import { useEffect, useRef } from 'preact/hooks';
import type { AgentSession } from '../../client/agent/state';
import { useStore } from '../../components/hooks';
import { useTranslation } from '../../components/translation';
import { type AppNotification, NotificationDetector } from './notifications';
import type { Settings } from './settings';
import { play } from './sound';
import { badge, setTabIcon } from './tabIcon';

interface Props {
  session: AgentSession;
  settings: Settings;
  /** Rooms on the screen. */
  shown: readonly string[];
  /** Number of waiting customers who are on the site. */
  waiting: number;
  open(room: string): void;
}

const isPageInView = () => document.visibilityState === 'visible' && document.hasFocus();

/** Notifies the agent of what they do not see. Only the connected tab gets events, so no two tabs notify of the same. */
export function useNotifications({ session, settings, shown, waiting, open }: Props): void {
  const { t } = useTranslation();
  const wanted = useStore(settings);
  const { rooms, status } = session.state;
  const unread = Object.values(rooms).reduce((n, it) => n + (it.mine ? it.unread : 0), 0);
  const queued = status === 'online' ? waiting : 0;
  const latest = useRef({ wanted, shown, open, t });
  latest.current = { wanted, shown, open, t };

  useEffect(() => {
    const detector = new NotificationDetector();
    detector.update(session.state, Date.now(), () => true); // the current state is not new
    return session.subscribe((state) => {
      const now = latest.current;
      const seen = (room: string) => isPageInView() && now.shown.includes(room);
      const notices = detector.update(state, Date.now(), seen);
      const loudest = notices.find(({ kind }) => kind !== 'text') ?? notices[0];
      if (loudest && now.wanted.sound) play(loudest.kind);
      if (now.wanted.desktop && !isPageInView()) for (const notice of notices) showNotification(notice, now);
    });
  }, [session]);

  useEffect(() => {
    const count = unread ? `(${unread}) ` : queued ? `[${queued}] ` : '';
    document.title = `${wanted.title ? count : ''}${t('product')} · ${t('welcome')}`;
    setTabIcon(wanted.badge ? badge(unread, queued) : badge(0, 0));
  }, [unread, queued, wanted, t]);
}

/** A later notification of the same room replaces the earlier one. */
function showNotification(
  { kind, room, name, text }: AppNotification,
  { open, t }: { open(room: string): void; t: ReturnType<typeof useTranslation>['t'] },
): void {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  const title = t(`notification_${kind}`, { name: name || t('visitor') });
  const shown = new Notification(title, { body: text ?? '', tag: `rejoin ${room}` });
  shown.onclick = () => {
    window.focus();
    open(room);
    shown.close();
  };
}
