import { useCallback, useEffect, useState } from 'preact/hooks';
import { agentSession } from '../client/agent/agent';
import type { AgentSession } from '../client/agent/state';
import { readConfig } from '../components/config';
import { useTranslation } from '../components/translation';
import { Desk } from './desk/Desk';
import { LoginPage } from './login/LoginPage';
import { Login } from './login/login';

type Stage =
  | { at: 'loading' }
  | { at: 'broken' }
  | { at: 'loggedOut'; login: Login; failed: boolean }
  | { at: 'desk'; login: Login; session: AgentSession };

/** How long before a token expires another connection is opened: the server ends connections with expired tokens. */
const EARLY_MS = 90_000;

/** Returns a token function, called for each connection; calls `renew` in time before the latest token expires. */
function tokenSource(login: Login, renew: () => void): () => Promise<string> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return async () => {
    const token = await login.idToken();
    clearTimeout(timer);
    timer = setTimeout(renew, Math.max(EARLY_MS, login.expiresAt - Date.now() - EARLY_MS));
    return token;
  };
}

/** Reads the configuration, logs the agent in, and shows their desk. */
export function Console() {
  const { t } = useTranslation();
  const [stage, setStage] = useState<Stage>({ at: 'loading' });

  const begin = useCallback(async () => {
    setStage({ at: 'loading' });
    const config = await readConfig(location.href);
    const login = new Login(config);
    const known = await login.completeRedirect().catch(() => undefined);
    if (!known) return setStage({ at: 'loggedOut', login, failed: known === undefined });
    const session = agentSession({ ws: `${config.ws}?`, token: tokenSource(login, () => session.renew()) });
    session.open();
    setStage({ at: 'desk', login, session });
  }, []);

  const run = useCallback(() => {
    begin().catch(() => setStage({ at: 'broken' }));
  }, [begin]);
  useEffect(run, [run]);

  if (stage.at === 'desk') return <Desk session={stage.session} login={stage.login} />;
  if (stage.at === 'loggedOut')
    return <LoginPage failed={stage.failed} enter={() => stage.login.redirect()} />;
  return (
    <main class="login-page">
      <p role="status">{t(stage.at)}</p>
      {stage.at === 'broken' && (
        <button type="button" class="secondary" onClick={run}>
          {t('again')}
        </button>
      )}
    </main>
  );
}
