import { useEffect, useState } from 'preact/hooks';
import type { AgentSession } from '../../client/agent/state';
import type { Present } from '../../client/wire/protocol';

const POLL_MS = 15_000;

/** The connected agents, and the number of all open chats, including those of agents who lost the connection. */
export interface Team {
  present: Present[];
  open: number;
}

/** Polled while the page is visible; undefined until the first answer. */
export function useTeam(session: AgentSession, enabled: boolean): Team | undefined {
  const [team, setTeam] = useState<Team>();
  useEffect(() => {
    if (!enabled) return;
    let closed = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const poll = async () => {
      const found = document.visibilityState === 'visible' ? await fetchTeam(session) : undefined;
      if (closed) return;
      if (found) setTeam(found);
      timer = setTimeout(poll, POLL_MS);
    };
    void poll();
    return () => {
      closed = true;
      clearTimeout(timer);
    };
  }, [session, enabled]);
  return team;
}

async function fetchTeam(session: AgentSession): Promise<Team | undefined> {
  const present: Present[] = [];
  let open = 0;
  let cursor: string | undefined;
  do {
    const answer = await session.request({ action: 'stats', by: 'now', ...(cursor && { cursor }) });
    if (answer?.type !== 'stats') return;
    present.push(...(answer.present ?? []));
    open = answer.open ?? 0;
    cursor = answer.cursor;
  } while (cursor);
  return { present, open };
}
