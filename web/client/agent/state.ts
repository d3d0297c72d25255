import type { LineView } from '../line/state';
import type { RoomState } from '../room/state';
import type { AgentStatus, Card, Command, Person, RoomObject, ServerFrame } from '../wire/protocol';

export interface AgentRoom extends RoomState {
  room: RoomObject;
  mine: boolean;
  /** Who transferred a room to this agent, until the agent has looked at it. */
  transferredBy?: string;
  /** Once the server has told whose room it is. */
  card?: Card;
}

export interface AgentState extends LineView {
  me?: Person;
  status: AgentStatus;
  queue: RoomObject[];
  /** How many wait in all: the queue shows the oldest. */
  waiting: number;
  /** Rooms this agent holds, and those they held or looked at since the page was opened. */
  rooms: Record<string, AgentRoom>;
  /** Colleagues who are online. */
  agents: Person[];
  error?: { code: string; message: string; room?: string };
}

export interface AgentSession {
  readonly state: AgentState;
  subscribe(fn: (state: AgentState) => void): () => void;
  open(): void;
  close(): void;
  takeOver(): void;
  take(room: string): void;
  send(room: string, text: string): void;
  retry(room: string, key: string): void;
  discard(room: string, key: string): void;
  typing(room: string): void;
  seen(room: string): void;
  /** Fetches the newest page of a room's history, unless nothing was written since it was last fetched. */
  newest(room: string): Promise<void>;
  older(room: string): Promise<void>;
  end(room: string): void;
  release(room: string): void;
  transfer(room: string, agent: string): void;
  /** Keeps the room's customer out, which ends their chat; or, for admins, lets them in again. */
  block(room: string, blocked: boolean): void;
  setStatus(status: AgentStatus): void;
  dismissError(): void;
  /** Connects anew, without a break, with a token of then. */
  renew(): void;
  /** For what touches no open room: repeated until it is answered; nothing comes when the session is closed. */
  request(command: Command): Promise<ServerFrame | undefined>;
}
