import { useLayoutEffect, useState } from 'preact/hooks';
import type { AgentRoom } from '../../../client/agent/state';
import type { Question } from './RoomHeader';

export interface Asked {
  what: Question;
  id: string;
}

/** What is asked of one of the agent's rooms. It goes as the room does, and does not come back with it. */
export function useAsked(rooms: Record<string, Pick<AgentRoom, 'mine'>>) {
  const [asked, ask] = useState<Asked>();
  const open = asked && rooms[asked.id]?.mine ? asked : undefined;
  useLayoutEffect(() => ask(open));
  return [open, ask] as const;
}
