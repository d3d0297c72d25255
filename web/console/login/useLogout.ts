import { useEffect } from 'preact/hooks';
import type { AgentSession } from '../../client/agent/state';
import { browserStore } from '../../client/line/storage';
import type { Login } from './login';

const CHANNEL = 'rejoin.console';

/** Removes everything about customers from the browser, which other people may use: drafts, names, unsent texts. */
function forgetCustomers(me: string | undefined): void {
  browserStore('localStorage').prune((key) => key.endsWith(`/${me}`));
  browserStore('sessionStorage').prune((key) => key.startsWith('rejoin'));
}

/**
 * Logs out. This tab has the agent's only open line: a newer connection closes the older ones. The other tabs of this
 * browser in which the same agent is logged in are logged out with it, so that none of them takes the desk again.
 */
export function useLogout(session: AgentSession, login: Login): () => void {
  const me = session.state.me?.id;
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }) => {
      if (data !== me) return;
      session.close();
      login.forget();
      forgetCustomers(me);
      location.reload();
    };
    return () => channel.close();
  }, [session, login, me]);

  return () => {
    session.close();
    const channel = new BroadcastChannel(CHANNEL);
    channel.postMessage(me);
    channel.close();
    void login.logOut();
    forgetCustomers(me);
  };
}
