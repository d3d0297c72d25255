import type { From, RoomEvent } from '../wire/protocol';

/** What the pages see and do. Everything in a state is serialisable, so that tabs can mirror it. */

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
