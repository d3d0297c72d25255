import type { AgentState } from '../../client/agent/state';
import type { AgentStatus } from '../../client/wire/protocol';
import { useTranslation } from '../../components/translation';
import { Badge } from '../components/Badge';
import { Icon } from '../components/Icon';
import { hashOf, type View } from '../route';

interface Props {
  state: AgentState;
  view: View;
  /** The open rooms, for the link back to the chats. */
  rooms: readonly string[];
  unread: number;
  /** Number of waiting customers; 0 if the agent is away. */
  waiting: number;
  setStatus(status: AgentStatus): void;
  openSettings(): void;
  openShortcuts(): void;
  logOut(): void;
}

const statuses: AgentStatus[] = ['online', 'away'];
const views: View[] = ['chats', 'past', 'canned', 'stats', 'hours'];

/** The bar at the top: the views, the agent's status, and a menu under their name. */
export function TopBar({
  state,
  view,
  rooms,
  unread,
  waiting,
  setStatus,
  openSettings,
  openShortcuts,
  logOut,
}: Props) {
  const { t } = useTranslation();
  const me = state.me?.name || t('agent');
  return (
    <header class="top-bar">
      <p class="brand">{t('product')}</p>
      <nav class="views" aria-label={t('views')}>
        {views.map((it) => (
          <a
            key={it}
            href={hashOf(it, it === 'chats' && view !== it ? rooms : [])}
            aria-current={it === view ? 'page' : undefined}
          >
            <Icon name={it} />
            <span class="word">{t(`view_${it}`)}</span>
            {it === 'chats' && unread > 0 && <Badge n={unread} labelKey="unread" />}
            {it === 'chats' && view !== it && waiting > 0 && (
              // Not part of the link's name: the page's status announces it already.
              <span class="badge waiting" aria-hidden="true" title={t('queueAnnounced', { n: waiting })}>
                {waiting}
              </span>
            )}
          </a>
        ))}
      </nav>
      <fieldset class="status">
        <legend class="visually-hidden">{t('status')}</legend>
        {statuses.map((status) => (
          <label key={status} class={status}>
            <input
              type="radio"
              name="status"
              checked={state.status === status}
              onChange={() => setStatus(status)}
            />
            <span>{t(status)}</span>
          </label>
        ))}
      </fieldset>
      <button
        type="button"
        class="secondary account"
        popovertarget="menu"
        aria-label={t('menu', { name: me })}
      >
        <span class="initial" aria-hidden="true">
          {[...me][0]}
        </span>
        <span class="account-name">{me}</span>
        <Icon name="down" />
      </button>
      <div id="menu" class="menu" popover="auto">
        <MenuItem does={openSettings}>{t('notifications')}</MenuItem>
        <MenuItem does={openShortcuts}>{t('shortcuts')}</MenuItem>
        <MenuItem does={logOut}>{t('logout')}</MenuItem>
      </div>
    </header>
  );
}

function MenuItem({ does: onSelect, children }: { does(): void; children: string }) {
  return (
    <button type="button" popovertarget="menu" popovertargetaction="hide" onClick={onSelect}>
      {children}
    </button>
  );
}
