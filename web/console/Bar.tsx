import type { AgentState } from '../shared/agent';
import type { AgentStatus } from '../shared/protocol';
import { useText } from '../ui/text';

interface Props {
  state: AgentState;
  setStatus(status: AgentStatus): void;
  leave(): void;
}

const statuses: AgentStatus[] = ['online', 'away'];

/** Across the top: the agent's name and status, and the way out. */
export function Bar({ state, setStatus, leave }: Props) {
  const { t } = useText();
  return (
    <header class="bar">
      <p class="brand">{t('product')}</p>
      <fieldset class="status">
        <legend class="unseen">{t('status')}</legend>
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
      <span class="me">{state.me?.name}</span>
      <button type="button" class="quiet" onClick={leave}>
        {t('logout')}
      </button>
    </header>
  );
}
