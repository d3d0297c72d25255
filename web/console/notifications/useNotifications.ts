import { useEffect, useRef } from 'preact/hooks';
import type { AgentSession } from '../../client/agent/state';
import { useStore } from '../../components/hooks';
import { type Translation, useTranslation } from '../../components/translation';
import { Gathered } from './gathered';
import { type AppNotification, NotificationDetector } from './notifications';
import type { EnabledChannels, Settings } from './settings';
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

/** What an event is notified with. */
interface Means extends Pick<Props, 'open' | 'shown'>, Pick<Translation, 't'> {
  wanted: EnabledChannels;
}

const isPageInView = () => document.visibilityState === 'visible' && document.hasFocus();

const now = () => Date.now();
const timer = (ms: number, fn: () => void) => {
  const id = setTimeout(fn, ms);
  return () => clearTimeout(id);
};

/** Notifies the agent of what they do not see. Only the connected tab gets events, so no two tabs notify of the same. */
export function useNotifications({ session, settings, shown, waiting, open }: Props): void {
  const { t } = useTranslation();
  const wanted = useStore(settings);
  const { rooms, status } = session.state;
  const unread = Object.values(rooms).reduce((n, it) => n + (it.mine ? it.unread : 0), 0);
  const queued = status === 'online' ? waiting : 0;
  const latest = useRef<Means>({ wanted, shown, open, t });
  latest.current = { wanted, shown, open, t };

  useEffect(() => {
    const detector = new NotificationDetector();
    detector.update(session.state, Date.now(), () => true); // the current state is not new
    // Apart, so that a full queue delays no text of a customer with whom the agent talks.
    const [queue, chats] = (['notificationWaitingMany', 'notificationTexts'] as const).map(
      (key) => new Gathered((all) => notify(all, key, latest.current), now, timer),
    ) as [Gathered, Gathered];
    const unsubscribe = session.subscribe((state) => {
      const seen = (room: string) => isPageInView() && latest.current.shown.includes(room);
      const notices = detector.update(state, Date.now(), seen);
      queue.add(notices.filter(({ kind }) => kind === 'waiting'));
      chats.add(notices.filter(({ kind }) => kind !== 'waiting'));
    });
    return () => {
      unsubscribe();
      queue.close();
      chats.close();
    };
  }, [session]);

  useEffect(() => {
    const count = unread ? `(${unread}) ` : queued ? `[${queued}] ` : '';
    document.title = `${wanted.title ? count : ''}${t('product')} · ${t('welcome')}`;
    setTabIcon(wanted.badge ? badge(unread, queued) : badge(0, 0));
  }, [unread, queued, wanted, t]);
}

/** One sound and one notification, of one event or of many. `manyKey`: word key of the title for many. */
function notify(all: AppNotification[], manyKey: string, means: Means): void {
  const loudest = all.find(({ kind }) => kind !== 'text') ?? all[0];
  if (!loudest) return;
  if (means.wanted.sound) play(loudest.kind);
  if (!means.wanted.desktop || isPageInView()) return;
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  const { kind, room, name, text } = loudest;
  const many = all.length > 1;
  const title = many
    ? means.t(manyKey, { n: all.length })
    : means.t(`notification_${kind}`, { name: name || means.t('visitor') });
  // A later notification of the same room, or of many, replaces the earlier one.
  const shown = new Notification(title, {
    body: (many ? '' : text) ?? '',
    tag: `rejoin ${many ? manyKey : room}`,
  });
  shown.onclick = () => {
    window.focus();
    means.open(room);
    shown.close();
  };
}
