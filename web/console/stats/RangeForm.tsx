import type { Person } from '../../client/wire/protocol';
import { useTranslation } from '../../components/translation';
import { AgentOptions } from '../components/AgentOptions';
import { DayField } from '../components/DayField';
import { hashOf, navigate } from '../route';
import { PRESETS, queryOf, type Range } from './range';

interface Props {
  range: Range;
  today: string;
  /** Agents to choose from; empty if only the agent's own figures may be seen. */
  agents: Person[];
}

/** The choice of period and agent. All of its state is in the address. */
export function RangeForm({ range, today, agents }: Props) {
  const { t } = useTranslation();
  const show = (next: Range) => navigate('stats', [], queryOf(next));
  const day = (name: 'from' | 'to', value: string) => {
    const days = { from: range.from, to: range.to, [name]: value };
    const reversed = days.from > days.to;
    show({ ...range, ...(reversed ? { from: value, to: value } : days), preset: 'custom' });
  };
  return (
    <search class="filter range">
      <nav class="presets" aria-label={t('range')}>
        {PRESETS.map((preset) => (
          <a
            key={preset}
            href={hashOf('stats', [], queryOf({ ...range, preset }))}
            aria-current={preset === range.preset ? 'true' : undefined}
          >
            {t(`range_${preset}`)}
          </a>
        ))}
      </nav>
      <form onSubmit={(event) => event.preventDefault()}>
        {(['from', 'to'] as const).map((name) => (
          <DayField
            key={name}
            label={t(name)}
            max={today}
            value={range[name]}
            onChoose={(value) => day(name, value)}
          />
        ))}
        {agents.length > 0 && (
          <label>
            <span>{t('agent')}</span>
            <select
              value={range.agent}
              onChange={({ currentTarget }) => show({ ...range, agent: currentTarget.value })}
            >
              <AgentOptions all={t('allAgents')} agents={agents} />
            </select>
          </label>
        )}
      </form>
    </search>
  );
}
