import type { AgentState } from '../shared/agent';
import type { Person } from '../shared/protocol';

/** The agents that can be chosen: who is here, who else is told of, and the one that is asked for; by their names. */
export function choiceOf({ me, agents }: AgentState, told: readonly Person[], asked: string): Person[] {
  const all = [...(me ? [me] : []), ...agents, ...told];
  const names = new Map(all.map(({ id, name }) => [id, name || id]));
  if (asked && !names.has(asked)) names.set(asked, asked);
  return [...names].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
}

/** What a select offers; all: the words for none of them. */
export function AgentOptions({ all, agents }: { all: string; agents: readonly Person[] }) {
  return (
    <>
      <option value="">{all}</option>
      {agents.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </>
  );
}
