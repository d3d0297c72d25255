import { useEffect, useState } from 'preact/hooks';
import type { AgentSession } from '../../shared/agent';
import type { Present } from '../../shared/protocol';

const EVERY_MS = 15_000;

/** Who is connected and how busy they are, asked for anew while somebody looks; nothing until it is known. */
export function usePresent(session: AgentSession, wanted: boolean): Present[] | undefined {
  const [present, setPresent] = useState<Present[]>();
  useEffect(() => {
    if (!wanted) return;
    let closed = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const found = document.visibilityState === 'visible' ? await presentOf(session) : undefined;
      if (closed) return;
      if (found) setPresent(found);
      timer = setTimeout(look, EVERY_MS);
    };
    void look();
    return () => {
      closed = true;
      clearTimeout(timer);
    };
  }, [session, wanted]);
  return present;
}

async function presentOf(session: AgentSession): Promise<Present[] | undefined> {
  const present: Present[] = [];
  let cursor: string | undefined;
  do {
    const answer = await session.request({ action: 'stats', by: 'now', ...(cursor && { cursor }) });
    if (answer?.type !== 'stats') return;
    present.push(...(answer.present ?? []));
    cursor = answer.cursor;
  } while (cursor);
  return present;
}
