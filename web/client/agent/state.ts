import type { Effects } from '../line/effects';
import type { LineView } from '../line/state';
import type { RoomState } from '../room/state';
import type { Options } from '../session/role';
import type { AgentStatus, Card, Command, Person, RoomObject, ServerFrame } from '../wire/protocol';

export interface AgentOptions extends Options {
  effects?: Effects;
}

export interface AgentRoom extends RoomState {
  room: RoomObject;
  mine: boolean;
  /** Name of the agent who transferred the room to this one, until this one has seen it. */
  transferredBy?: string;
  /** The customer, once the server has sent it. */
  card?: Card;
}

export interface AgentState extends LineView {
  me?: Person;
  status: AgentStatus;
  /** Those that wait and the left questions, oldest first; each of the latter has `left`. */
  queue: RoomObject[];
  /** How many wait in all; the queue holds the oldest of them. */
  waiting: number;
  /** How many left questions there are in all. */
  left: number;
  /** Rooms that this agent holds, and those that they held or opened since the page was loaded. */
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
  /** Fetches the newest page of a room's history, unless nothing was written since the last time. */
  newest(room: string): Promise<void>;
  older(room: string): Promise<void>;
  end(room: string): void;
  release(room: string): void;
  transfer(room: string, agent: string): void;
  /** Blocks the room's customer, which ends their chat; admins may also unblock. */
  block(room: string, blocked: boolean): void;
  setStatus(status: AgentStatus): void;
  dismissError(): void;
  /** Opens a new connection with a new token, without a break. */
  renew(): void;
  /** For commands about no open room: repeated until answered; undefined when the session closes. */
  request(command: Command): Promise<ServerFrame | undefined>;
}
