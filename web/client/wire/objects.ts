/** The objects within frames (docs/protocol.md). Types only, as in protocol.ts. */
export type Side = 'customer' | 'agent';
export type From = Side | 'system';
export type Status = 'waiting' | 'active' | 'ended';
export type Reason = 'agent_ended' | 'customer_ended' | 'idle' | 'customer_left' | 'abandoned' | 'expired';
export type RoomEvent =
  | 'opened'
  | 'taken'
  | 'released'
  | 'transferred'
  | 'idle_warning'
  | 'unanswered_warning'
  | 'left'
  | 'ended';
export type AgentStatus = 'online' | 'away';

export interface Person {
  id: string;
  name: string;
  /** Only of oneself: may edit shared saved replies and see everyone's chats. */
  admin?: boolean;
}
export interface Member {
  id: string;
  name?: string;
  online: boolean;
}

export interface RoomObject {
  id: string;
  /** For agents: key of the shop; absent for the default one. */
  site?: string;
  /** Grows with every write to the room: of two room objects or presences, keep the one with the higher rev. */
  rev: number;
  status: Status;
  /** The newest number assigned in the room. */
  seq: number;
  /** The last number used on this client's side; the next text carries one more. */
  no: number;
  created: number;
  customer: Member;
  agent?: Member;
  /** 1 = next; only while waiting. */
  position?: number;
  /** How long this customer is expected to wait, ms; only while waiting, and where statistics can tell. */
  wait?: number;
  read: Record<Side, number>;
  /** Preview of the newest text. */
  last?: { text: string; from: Side; at: number };
  topic?: string;
  /** To admins, while it waits: names the place where it was begun. */
  from?: string;
  /** To agents: it is a left question. */
  left?: Left;
  ended?: number;
  reason?: Reason;
  /** The customer's, of an ended room. */
  rating?: Rating;
}

/** Since when a left question is kept, and how much of that time its shop was open, ms. */
export interface Left {
  since: number;
  open: number;
}

export interface Message {
  seq: number;
  from: From;
  by?: string;
  text: string;
  at: number;
  event?: RoomEvent;
  /** Only in `history`. */
  room?: string;
}

/** A room with or without a page of messages, in a `room` frame and in each part of a `desk`. A page has `through`. */
export interface RoomUpdate {
  room: RoomObject;
  messages?: Message[];
  /** Numbers of the page that will never have a message. */
  void?: number[];
  /** The number that the page reaches. */
  through?: number;
  more?: boolean;
  /** To agents with the first page: the customer. */
  card?: Card;
}

/** What is known about a room's customer. */
export interface Card {
  profile?: Profile;
  page?: PageInfo;
  /** How many chats they have had, including this one. */
  chats?: number;
  /** They cannot start a chat. */
  blocked?: boolean;
}

export interface Rating {
  /** 1–5. */
  score: number;
  comment?: string;
}
export interface Profile {
  name?: string;
  email?: string;
  topic?: string;
}
export interface PageInfo {
  url?: string;
  title?: string;
  lang?: string;
}
