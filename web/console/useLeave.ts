import { useEffect, useRef } from 'preact/hooks';
import type { AgentSession } from '../shared/agent';
import type { Login } from './login';

const CHANNEL = 'rejoin.console';

/**
 * Logs out. This tab has the agent's only open line: a newer connection closes the older ones. The other tabs of this
 * browser at which the same agent sits are logged out with it, so that none of them takes the desk again.
 */
export function useLeave(session: AgentSession, login: Login, forget: () => void): () => void {
  const latest = useRef(forget);
  latest.current = forget;
  const me = session.state.me?.id;
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }) => {
      if (data !== me) return;
      session.close();
      login.forget();
      location.reload();
    };
    return () => channel.close();
  }, [session, login, me]);

  return () => {
    latest.current();
    session.close();
    const channel = new BroadcastChannel(CHANNEL);
    channel.postMessage(me);
    channel.close();
    void login.leave();
  };
}
