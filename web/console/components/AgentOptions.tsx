import type { AgentState } from '../../client/agent/state';
import type { Person } from '../../client/wire/protocol';
import { type Translation, useTranslation } from '../../components/translation';

/** An agent's name. The end of the id tells agents without a name apart. */
export const agentName = ({ id, name }: Person, { t }: Translation): string =>
  name || `${t('agent')} ${id.slice(-4)}`;

/** The agents that can be chosen: who is here, who else is told of, and the one that is asked for; by their names. */
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

/** What a select offers; all: the words for none of them. */
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
