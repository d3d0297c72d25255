import { useEffect, useState } from 'preact/hooks';
import type { AgentSession, AgentState } from '../../client/agent/state';
import { useTranslation } from '../../components/translation';
import type { Route } from '../route';
import type { StatsView } from './StatsView';

interface Props {
  session: AgentSession;
  state: AgentState;
  route: Route;
}

/** Loads the dashboard on first use. */
export function LazyStats(props: Props) {
  const { t } = useTranslation();
  const [found, setFound] = useState<{ View?: typeof StatsView }>();
  useEffect(() => {
    import('./StatsView').then(
      ({ StatsView: View }) => setFound({ View }),
      () => setFound({}),
    );
  }, []);
  if (found?.View) return <found.View {...props} />;
  return (
    <main class="page">
      <h1 class="visually-hidden">{t('view_stats')}</h1>
      <p role="status">{t(found ? 'statsNotLoaded' : 'loading')}</p>
      {found && (
        <button type="button" class="secondary" onClick={() => location.reload()}>
          {t('again')}
        </button>
      )}
    </main>
  );
}
