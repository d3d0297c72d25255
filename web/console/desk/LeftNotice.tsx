import { useEffect, useState } from 'preact/hooks';
import type { AgentState } from '../../client/agent/state';
import { useTranslation } from '../../components/translation';
import { toAnswer } from '../chats/list/questions';
import { formatMoment } from '../time/moment';

interface Props {
  state: Pick<AgentState, 'queue' | 'left'>;
  show(): void;
}

/** After a log-in: how many questions were left. */
export function LeftNotice({ state, show }: Props) {
  const { t, lang } = useTranslation();
  const [found, setFound] = useState<ReturnType<typeof toAnswer>>();
  // After the first draw, so that a screen reader announces it.
  useEffect(() => setFound(toAnswer(state.queue, state.left)), []);
  const close = () => setFound(undefined);
  return (
    <div class={found && 'desk-notice'}>
      <div role="status">
        {found && (
          <p>
            {t('leftSince', { n: found.n, time: formatMoment(found.since, Date.now(), lang) })}{' '}
            <button
              type="button"
              class="secondary small"
              onClick={() => {
                close();
                show();
              }}
            >
              {t('leftShow')}
            </button>
          </p>
        )}
      </div>
      {found && (
        <button type="button" class="link-button" onClick={close}>
          {t('dismiss')}
        </button>
      )}
    </div>
  );
}
