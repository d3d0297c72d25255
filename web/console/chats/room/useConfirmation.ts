import { useLayoutEffect, useState } from 'preact/hooks';
import type { AgentRoom } from '../../../client/agent/state';
import type { ConfirmedAction } from './RoomHeader';

export interface PendingConfirmation {
  action: ConfirmedAction;
  room: string;
}

/** The open confirmation about one of the agent's rooms. It closes when the agent loses the room, and stays closed. */
export function useConfirmation(rooms: Record<string, Pick<AgentRoom, 'mine'>>) {
  const [pending, setPending] = useState<PendingConfirmation>();
  const open = pending && rooms[pending.room]?.mine ? pending : undefined;
  useLayoutEffect(() => setPending(open));
  return [open, setPending] as const;
}
