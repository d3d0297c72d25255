import type { AgentState } from '../../shared/agent';
import { useText } from '../../ui/text';
import { useNow } from '../../ui/use';
import { lasted } from '../lasted';

const EVERY_MS = 1000;

/** How it is at this moment, as the desk is told. */
export function Now({ state }: { state: AgentState }) {
  const text = useText();
  const now = useNow(EVERY_MS);
  const { t } = text;
  const oldest = state.queue[0]?.created;
  const mine = Object.values(state.rooms).filter((it) => it.mine).length;
  const others = state.agents.filter(({ id }) => id !== state.me?.id).length;
  const figures: [name: string, value: string | number][] = [
    ['nowWaiting', state.waiting],
    ['nowLongest', oldest === undefined ? '–' : lasted(Math.max(0, now - oldest), text)],
    ['nowMine', mine],
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
    </section>
  );
}
