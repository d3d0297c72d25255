import { useEffect } from 'preact/hooks';
import type { AgentState } from '../../client/agent/state';
import { useTranslation } from '../../components/translation';

/** Long enough to read it twice. */
const SHOWN_MS = 8000;

/** An error message that disappears by itself. */
export function Toast({ error, dismiss }: { error: AgentState['error']; dismiss(): void }) {
  const { t } = useTranslation();
  useEffect(() => {
    if (!error) return;
    const timer = setTimeout(dismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [error, dismiss]);

  const key = `error_${error?.code}`;
  const known = t(key);
  return (
    <div class="toasts" role="status">
      {error && (
        <p class="toast">
          {known === key ? error.message : known}
          <button type="button" class="link-button" onClick={dismiss}>
            {t('dismiss')}
          </button>
        </p>
      )}
    </div>
  );
}
