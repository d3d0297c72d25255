import type { ErrorCode, From, RoomEvent } from '../wire/protocol';

/** Of an own text without an ack. retry: it takes longer than usual. failed: the server will not store it. */
export type TextState = 'sending' | 'retry' | 'failed';

/** One entry of a conversation. States are plain data, because tabs send them to each other. */
export interface Item {
  seq?: number;
  /** Stays the same after the ack, so that a list keeps its nodes. */
  key: string;
  from: From;
  by?: string;
  text: string;
  at: number;
  event?: RoomEvent;
  state?: TextState;
  /** Why the server did not take it: the code of the last error. */
  why?: ErrorCode | undefined;
  room: string;
}

/** One room as one side sees it. */
export interface RoomState {
  /** Messages by seq, then own unsent texts in order. */
  items: Item[];
  /** Earlier chats of this customer, oldest first, as far as older() has fetched them. */
  past: Item[];
  pastMore: boolean;
  peerTyping: boolean;
  peerOnline: boolean;
  readByPeer: number;
  unread: number;
}
