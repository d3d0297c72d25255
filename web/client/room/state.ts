import type {
  AgentStatus,
  Card,
  Command,
  From,
  PageInfo,
  Person,
  Profile,
  Rating,
  RoomEvent,
  RoomObject,
  ServerFrame,
} from '../wire/protocol';

/** What the pages see and do. Everything in a state is serialisable, so that tabs can mirror it. */

/**
 * idle: not opened or closed. lost: reconnecting. replaced: a newer tab or device took over; wait for takeOver().
 * refused: there is no identity to connect with (see Refused); open() tries again.
 */
export type LineState = 'idle' | 'connecting' | 'open' | 'lost' | 'replaced' | 'refused';

/** An own text that is not acknowledged yet. retry: it takes long. failed: the server said that it will not be stored. */
export type TextState = 'sending' | 'retry' | 'failed';

export interface Item {
  seq?: number;
  /** Stays the same when a text is acknowledged, so that a list keeps its nodes. */
  key: string;
  from: From;
  by?: string;
  text: string;
  at: number;
  event?: RoomEvent;
  state?: TextState;
  room: string;
}

/** One room as one side sees it. */
export interface RoomState {
  /** Acknowledged by seq, then own unsent in order. */
  items: Item[];
  /** Earlier chats of this customer, oldest first, as far as older() has fetched them. */
  past: Item[];
  pastMore: boolean;
  peerTyping: boolean;
  peerOnline: boolean;
  readByPeer: number;
  unread: number;
}

export interface LineView {
  line: LineState;
  /** Since when the line is not open though it should be; ms since the epoch. */
  lostSince?: number | undefined;
}

export interface CustomerState extends LineView, RoomState {
  /** undefined: not known yet. null: this customer never had one. */
  room: RoomObject | null | undefined;
}

export interface CustomerSession {
  readonly state: CustomerState;
  subscribe(fn: (state: CustomerState) => void): () => void;
  /** Connects and joins; does not start a chat. */
  open(): void;
  /** page: where the customer is as they start; by default what the options say. */
  start(profile?: Profile, page?: PageInfo): void;
  /** Queues the text; starts a chat when none is open. Empty texts are ignored. */
  send(text: string): void;
  /** Sends a failed text anew (in a new chat when its own has ended), a waiting one at once. */
  retry(key: string): void;
  /** Forgets a failed text. */
  discard(key: string): void;
  typing(): void;
  /** The user is looking at the conversation: moves the read mark. */
  seen(): void;
  /** Fetches an older page into `past`. */
  older(): Promise<void>;
  end(): void;
  /** Rates the present chat, once it has ended; a second rating replaces the first. */
  rate(rating: Rating): void;
  /** After replaced: this tab or device becomes the current one again. */
  takeOver(): void;
  close(): void;
}

export interface AgentRoom extends RoomState {
  room: RoomObject;
  mine: boolean;
  /** Who transferred a room to this agent, until the agent has looked at it. */
  given?: string;
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
  look(room: string): Promise<void>;
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
