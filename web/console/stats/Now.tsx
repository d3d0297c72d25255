import type { AgentSession, AgentState } from '../../shared/agent';
import type { Present } from '../../shared/protocol';
import { useText } from '../../ui/text';
import { useNow } from '../../ui/use';
import { lasted } from '../lasted';
import { usePresent } from './usePresent';

const EVERY_MS = 1000;

/** How it is at this moment: the queue as the desk is told, and for admins what everybody has to do. */
export function Now({ session, state }: { session: AgentSession; state: AgentState }) {
  const text = useText();
  const now = useNow(EVERY_MS);
  const { t } = text;
  const admin = !!state.me?.admin;
  const present = usePresent(session, admin);
  const oldest = state.queue[0]?.created;
  const mine = Object.values(state.rooms).filter((it) => it.mine).length;
  const others = state.agents.filter(({ id }) => id !== state.me?.id).length;
  const figures: [name: string, value: string | number][] = [
    ['nowWaiting', state.waiting],
    ['nowLongest', oldest === undefined ? '–' : lasted(Math.max(0, now - oldest), text)],
    admin ? ['nowActive', present?.reduce((sum, { open }) => sum + open, 0) ?? '–'] : ['nowMine', mine],
    ['nowOnline', others + (state.status === 'online' ? 1 : 0)],
  ];
  return (
    <section class="now" aria-label={t('rightNow')}>
      <h2>{t('rightNow')}</h2>
      <dl>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {present && <Team present={present} />}
    </section>
  );
}

/** Who is here, the busiest first. */
function Team({ present }: { present: Present[] }) {
  const { t } = useText();
  const sorted = [...present].sort((a, b) => b.open - a.open || a.name.localeCompare(b.name));
  return (
    <ul class="team" aria-label={t('nowTeam')}>
      {sorted.map(({ id, name, status, open }) => (
        <li key={id}>
          {name || id}
          {status === 'away' && <em>{t('away')}</em>}
          <b title={t('nowOpen', { n: open })}>
            <span aria-hidden="true">{open}</span>
            <span class="unseen">{t('nowOpen', { n: open })}</span>
          </b>
        </li>
      ))}
    </ul>
  );
}
