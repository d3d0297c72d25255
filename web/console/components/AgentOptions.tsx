import type { AgentState } from '../../client/agent/state';
import type { Person } from '../../client/wire/protocol';
import { type Translation, useTranslation } from '../../components/translation';

/** An agent's name. Agents without one are told apart by the end of their id. */
export const agentName = ({ id, name }: Person, { t }: Translation): string =>
  name || `${t('agent')} ${id.slice(-4)}`;

/** The agents to choose from, by name: those who are online, others in the data, and the one selected. */
export function selectableAgents(
  { me, agents }: AgentState,
  others: readonly Person[],
  selected: string,
): Person[] {
  const noneLabel = [...(me ? [me] : []), ...agents, ...others];
  const names = new Map(noneLabel.map(({ id, name }) => [id, name]));
  if (selected && !names.has(selected)) names.set(selected, '');
  return [...names].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
}

/** The options of a select. `noneLabel`: text of the option for all agents. */
export function AgentOptions({ all: noneLabel, agents }: { all: string; agents: readonly Person[] }) {
  const text = useTranslation();
  return (
    <>
      <option value="">{noneLabel}</option>
      {agents.map((agent) => (
        <option key={agent.id} value={agent.id}>
          {agentName(agent, text)}
        </option>
      ))}
    </>
  );
}
