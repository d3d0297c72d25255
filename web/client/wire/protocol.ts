/**
 * The frames and objects of the wire protocol, version 1. Types only: nothing here reaches a bundle.
 * Times are milliseconds since the epoch and order nothing; `seq` does.
 */
export type Side = 'customer' | 'agent';
export type From = Side | 'system';
export type Status = 'waiting' | 'active' | 'ended';
export type Reason = 'agent_ended' | 'customer_ended' | 'idle' | 'customer_left' | 'abandoned';
export type RoomEvent =
  | 'opened'
  | 'taken'
  | 'released'
  | 'transferred'
  | 'idle_warning'
  | 'unanswered_warning'
  | 'ended';
export type AgentStatus = 'online' | 'away';
export type ErrorCode =
  | 'invalid'
  | 'too_long'
  | 'not_found'
  | 'forbidden'
  | 'not_current'
  | 'taken'
  | 'ended'
  | 'conflict'
  | 'out_of_order'
  | 'rate_limited'
  | 'unavailable';

export interface Person {
  id: string;
  name: string;
  /** Only of oneself: may edit the shared saved replies and see everyone's chats. */
  admin?: boolean;
}
export interface Member {
  id: string;
  name?: string;
  online: boolean;
}

export interface RoomObject {
  id: string;
  /** Key of the shop that it comes from, for agents; absent for the default one. */
  site?: string;
  /** Grows with every write to the room: of two room objects or presences the higher is kept. */
  rev: number;
  status: Status;
  /** The newest number given out in the room. */
  seq: number;
  /** The last number used on this client's side; the next text carries one more. */
  no: number;
  created: number;
  customer: Member;
  agent?: Member;
  /** 1 = next; only while waiting. */
  position?: number;
  /** How long this customer is expected to wait yet, ms; only while waiting, and when statistics know it. */
  wait?: number;
  read: Record<Side, number>;
  /** Preview of the newest text. */
  last?: { text: string; from: Side; at: number };
  topic?: string;
  ended?: number;
  reason?: Reason;
  /** The customer's, of an ended room. */
  rating?: Rating;
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

/** What a `room` frame and each part of a `desk` carry. Without `through` it is no page, only the room's news. */
export interface RoomUpdate {
  room: RoomObject;
  messages?: Message[];
  /** Numbers of the page that stay empty for ever. */
  void?: number[];
  /** The number that the page reaches. */
  through?: number;
  more?: boolean;
  /** Agents, when they see the room for the first time: whose it is. */
  card?: Card;
}

/** What is known of a room's customer. */
export interface Card {
  profile?: Profile;
  page?: PageInfo;
  /** How many chats they have had, this one included. */
  chats?: number;
  /** Kept out: their chats end, and they begin none. */
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

export type ClientFrame =
  | { action: 'ping' }
  | {
      action: 'join';
      /** What this client calls itself to its person's other connections. */
      device?: string;
      id: string;
      room?: string;
      since?: number;
      start?: true;
      profile?: Profile;
      page?: PageInfo;
    }
  | { action: 'join'; id: string; device?: string; rooms: { room: string; since: number }[] }
  | { action: 'message'; room: string; no: number; text: string }
  | { action: 'typing'; room: string }
  | { action: 'read'; room: string; seq: number }
  | (Command & { id: string });

/** Frames that are repeated until they are answered. */
export type Command =
  | { action: 'history'; room?: string; before?: string; limit: number }
  | { action: 'cannedList'; cursor?: string }
  | ({ action: 'cannedPut' } & CannedText & { position?: number; version?: number })
  | { action: 'cannedDelete'; key: string; scope: CannedScope; version?: number }
  | ({ action: 'chats' } & ChatsQuery & { cursor?: string })
  | ({ action: 'stats' } & StatsQuery & { cursor?: string })
  | { action: 'stats'; by: 'now'; cursor?: string }
  | { action: 'end' | 'take' | 'release'; room: string }
  | { action: 'transfer'; room: string; agent: string }
  | { action: 'block'; room: string; blocked: boolean }
  | { action: 'status'; status: AgentStatus }
  | { action: 'queue' }
  | ({ action: 'rate'; room: string } & Rating);

export type CannedScope = 'shared' | 'mine';

/** A saved reply: everyone's, which admins edit, or the agent's own. */
export interface Canned extends CannedText {
  /** Lists are sorted by it; a whole number between two others moves one. */
  position: number;
  version: number;
}
export interface CannedText {
  key: string;
  scope: CannedScope;
  title: string;
  text: string;
}

/** Which ended chats; times in ms, both included. */
export interface ChatsQuery {
  from: number;
  to: number;
  agent?: string;
  reason?: Reason;
  rating?: number;
  text?: string;
  /** The customers' addresses are wanted too. */
  emails?: boolean;
}

/** An ended room as the table of past chats shows it; waited and talked in ms. */
export interface EndedRoom extends RoomObject {
  waited: number;
  talked: number;
  rating?: { score: number; comment?: string };
  /** All who ever held it. */
  agents: Person[];
  /** The customer's, where it was asked for and they have one. */
  email?: string;
  /** With which `history` begins at this room's end. */
  before: string;
}

/** From when to when: in ms, `to` left out, or in days of `tz`, as YYYY-MM-DD, both included. */
export type StatsSpan = ({ from: number } | { firstDay: string }) & ({ to: number } | { lastDay: string });

/** Figures of which chats, by when they began; and what a row is of. */
export type StatsQuery = StatsSpan & {
  by: 'hour' | 'day' | 'range' | 'agent';
  agent?: string;
  /** IANA name of the time zone of the days. */
  tz?: string;
};

/** An agent who is connected, and how many open chats they hold. */
export interface Present extends Person {
  status: AgentStatus;
  open: number;
}

/** What the chats that began in a time add up to; docs/statistics.md says what each figure means. Times in ms. */
export interface Figures {
  /** When its time begins. */
  at: number;
  /** Its date, by day. */
  day?: string;
  /** Whose, by agent. */
  agent?: Person;
  started: number;
  answered: number;
  abandoned: number;
  unanswered: number;
  ended: Record<Reason, number>;
  texts: Record<Side, number>;
  wait: Histogram;
  abandonedWait: Histogram;
  first: Histogram;
  talk: Histogram;
  response: Histogram;
  rating: Histogram;
  mostWaiting: number;
  online: number;
}

/** How many values, what they add up to, and what half, nine of ten and 99 of 100 are at most; all 0 of none. */
export interface Histogram {
  n: number;
  sum: number;
  p50: number;
  p90: number;
  p99: number;
}

interface Answer {
  re?: string;
}
export interface RoomFrame extends Answer, Omit<RoomUpdate, 'room'> {
  type: 'room';
  room: RoomObject | null;
}
export interface DeskFrame extends Answer {
  type: 'desk';
  agent: Person;
  status: AgentStatus;
  rooms: RoomUpdate[];
  queue: RoomObject[];
  /** How many wait in all, where more do than the frame shows. */
  waiting?: number;
  agents?: Person[];
}
export interface QueueFrame extends Answer {
  type: 'queue';
  rooms?: RoomObject[];
  mine?: string[];
  agents?: Person[];
  /** How many wait in all, where more do than the frame shows. */
  waiting?: number;
  add?: RoomObject;
  remove?: string;
}
export interface AckFrame extends Answer {
  type: 'ack';
  room: string;
  no: number;
  seq: number;
  at: number;
}
export interface MessageFrame extends Answer {
  type: 'message';
  room: string;
  message: Message;
}
export interface PresenceFrame extends Answer {
  type: 'presence';
  room: string;
  who: Side;
  online: boolean;
  at: number;
  rev: number;
}
export interface TypingFrame extends Answer {
  type: 'typing';
  room: string;
  who: Side;
}
export interface ReadFrame extends Answer {
  type: 'read';
  room: string;
  who: Side;
  seq: number;
}
export interface HistoryFrame extends Answer {
  type: 'history';
  messages: Message[];
  before?: string;
  /** To admins: the customer is kept out. */
  blocked?: boolean;
}
export interface ErrorFrame extends Answer {
  type: 'error';
  code: ErrorCode;
  message: string;
  retry?: boolean;
  room?: string;
  no?: number;
  expected?: number;
  /** Of a conflict: what is stored; absent when it was deleted. */
  item?: Canned;
}
export interface CannedFrame extends Answer {
  type: 'canned';
  items: Canned[];
  cursor?: string;
}
export interface ChatsFrame extends Answer {
  type: 'chats';
  rooms: EndedRoom[];
  cursor?: string;
}
export interface StatsFrame extends Answer {
  type: 'stats';
  rows: Figures[];
  /** By now: who is connected, and how many open chats an agent has taken, also where the agent's line is gone. */
  present?: Present[];
  open?: number;
  cursor?: string;
}
export interface PlainFrame extends Answer {
  type: 'ok' | 'pong';
}
export interface ReplacedFrame extends Answer {
  type: 'replaced';
  /** The device that the newer connection named in its join. */
  by?: string;
}
export type ServerFrame =
  | RoomFrame
  | DeskFrame
  | QueueFrame
  | AckFrame
  | MessageFrame
  | PresenceFrame
  | TypingFrame
  | ReadFrame
  | HistoryFrame
  | ErrorFrame
  | CannedFrame
  | ChatsFrame
  | StatsFrame
  | PlainFrame
  | ReplacedFrame;
