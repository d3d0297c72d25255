import type { AgentSession, AgentState } from '../../client/agent/state';
import { useNow } from '../../components/hooks';
import { useTranslation } from '../../components/translation';
import { usePages } from '../components/usePages';
import { formatDuration } from '../time/duration';
import { type Team, useTeam } from './useTeam';

const REDRAW_MS = 1000;

/** Current figures: the queue, and for admins the agents that are listed below. */
export function RightNow({ session, state }: { session: AgentSession; state: AgentState }) {
  const text = useTranslation();
  const now = useNow(REDRAW_MS);
  const { t } = text;
  const admin = !!state.me?.admin;
  const team = useTeam(session, admin);
  const oldest = state.queue.find(({ left }) => !left)?.created;
  const mine = Object.values(state.rooms).filter((it) => it.mine).length;
  const others = state.agents.filter(({ id }) => id !== state.me?.id).length;
  const online = others + (state.status === 'online' ? 1 : 0);
  const figures: [name: string, value: string | number][] = [
    ['nowWaiting', state.waiting],
    ...(state.left ? [['leftQuestions', state.left] as [string, number]] : []),
    ['nowLongest', oldest === undefined ? '–' : formatDuration(Math.max(0, now - oldest), text)],
    admin ? ['nowActive', team?.open ?? '–'] : ['nowMine', mine],
    ['nowOnline', admin ? (team?.present.filter(({ status }) => status === 'online').length ?? '–') : online],
  ];
  return (
    <section class={state.line === 'open' ? 'now' : 'now outdated'} aria-label={t('rightNow')}>
      <h2>{t('rightNow')}</h2>
      <dl>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {team && <TeamList team={team} />}
    </section>
  );
}

/** The connected agents, busiest first, and the chats of those who lost the connection. Their sum is the figure above. */
function TeamList({ team: { present, open } }: { team: Team }) {
  const { t } = useTranslation();
  const sorted = [...present].sort((a, b) => b.open - a.open || a.name.localeCompare(b.name));
  const { rows, pager } = usePages(sorted);
  const left = sorted.reduce((rest, it) => rest - it.open, open);
  return (
    <>
      <ul class="team" aria-label={t('nowTeam')}>
        {rows.map(({ id, name, status, open }) => (
          <li key={id}>
            {name || id}
            {status === 'away' && <em>{t('away')}</em>}
            <OpenChats n={open} />
          </li>
        ))}
        {left > 0 && (
          <li>
            <em>{t('nowLost')}</em>
            <OpenChats n={left} />
          </li>
        )}
      </ul>
      {pager}
    </>
  );
}

function OpenChats({ n }: { n: number }) {
  const { t } = useTranslation();
  return (
    <b title={t('nowOpen', { n })}>
      <span aria-hidden="true">{n}</span>
      <span class="visually-hidden">{t('nowOpen', { n })}</span>
    </b>
  );
}
