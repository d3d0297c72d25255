/**
 * The frames and objects of the wire protocol, version 1 (docs/protocol.md). Types only: nothing here reaches a bundle.
 * Times are milliseconds since the epoch. Messages are ordered by `seq`, never by time.
 */
import type { Schedule, Serving, StoredHours } from './hours';
import type {
  AgentStatus,
  Message,
  PageInfo,
  Person,
  Profile,
  Rating,
  Reason,
  RoomObject,
  RoomUpdate,
  Side,
} from './objects';

export type * from './hours';
export type * from './objects';

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
  | 'full'
  | 'rate_limited'
  | 'unavailable';

export type ClientFrame =
  | { action: 'ping' }
  | {
      action: 'join';
      /** Names this client to the person's other connections. */
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

/** Frames that a client repeats until they are answered. */
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
  | ({ action: 'endWaiting'; act: WaitingAct; cursor?: string } & WaitingQuery)
  | { action: 'status'; status: AgentStatus }
  | { action: 'hours'; site?: string }
  | { action: 'hoursPut'; site?: string; version: number; hours: Schedule }
  | { action: 'queue' }
  | ({ action: 'rate'; room: string } & Rating);

export type CannedScope = 'shared' | 'mine';

/** A saved reply: a shared one, which admins edit, or the agent's own. */
export interface Canned extends CannedText {
  /** Lists are sorted by it; an integer between two others moves the reply there. */
  position: number;
  version: number;
}
export interface CannedText {
  key: string;
  scope: CannedScope;
  title: string;
  text: string;
}

/** Looks at waiting rooms, ends them, or also blocks their customers. */
export type WaitingAct = 'look' | 'end' | 'block';

/** Which waiting rooms: those begun at a place, and those that contain a pattern. */
export interface WaitingQuery {
  from?: string;
  pattern?: string;
  /** Left questions instead. */
  left?: boolean;
}

/** How many rooms have the same place or the same text. */
export interface WaitingGroup extends Pick<WaitingQuery, 'from'> {
  text?: string;
  rooms: number;
}

/** A filter for ended chats. from and to: ms since the epoch, both included. */
export interface ChatsQuery {
  from: number;
  to: number;
  agent?: string;
  reason?: Reason;
  rating?: number;
  text?: string;
  /** Also return the customers' email addresses. */
  emails?: boolean;
}

/** An ended room in the table of past chats; waited and talked in ms. */
export interface EndedRoom extends RoomObject {
  waited: number;
  talked: number;
  rating?: { score: number; comment?: string };
  /** Every agent who ever held it. */
  agents: Person[];
  /** The customer's email address, if it was requested and is known. */
  email?: string;
  /** Cursor with which `history` begins at this room's end. */
  before: string;
}

/** A range: in ms, without `to` itself, or in days of `tz` as YYYY-MM-DD, both included. */
export type StatsSpan = ({ from: number } | { firstDay: string }) & ({ to: number } | { lastDay: string });

/** Figures of the chats that began in a range. by: what each row stands for. */
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

/** Sums over the chats that began in a row's time; docs/statistics.md explains each figure. Times in ms. */
export interface Figures {
  /** Start of the row's time. */
  at: number;
  /** Its date, with by: day. */
  day?: string;
  /** With by: agent. */
  agent?: Person;
  started: number;
  answered: number;
  abandoned: number;
  unanswered: number;
  ended: Record<Reason, number>;
  texts: Record<Side, number>;
  wait: Histogram;
  /** Within opening hours, as each that is named so. */
  waitOpen: Histogram;
  abandonedWait: Histogram;
  first: Histogram;
  firstOpen: Histogram;
  left: number;
  leftAnswered: number;
  leftFirst: Histogram;
  leftFirstOpen: Histogram;
  talk: Histogram;
  response: Histogram;
  rating: Histogram;
  mostWaiting: number;
  online: number;
}

/** Count, sum and percentiles of some values; all 0 without values. */
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
  /** To a customer who joins and has no chat with an agent. */
  hours?: Serving;
}
export interface DeskFrame extends Answer {
  type: 'desk';
  agent: Person;
  status: AgentStatus;
  rooms: RoomUpdate[];
  queue: RoomObject[];
  /** How many wait in all, if more than the frame lists. */
  waiting?: number;
  /** How many left questions there are; those listed stand in the queue, each with its own `left`. */
  left?: number;
  agents?: Person[];
}
export interface QueueFrame extends Answer {
  type: 'queue';
  rooms?: RoomObject[];
  mine?: string[];
  agents?: Person[];
  /** How many wait in all, if more than the frame lists. */
  waiting?: number;
  /** How many left questions there are; those listed stand in the queue, each with its own `left`. */
  left?: number;
  add?: RoomObject;
  remove?: string;
  /** Ids of several rooms that no longer wait. */
  removed?: string[];
}
/** What was found in a part of the queue, and what was done to it. */
export interface WaitingFrame extends Answer {
  type: 'waiting';
  checked: number;
  found: number;
  ended: number;
  blocked: number;
  failed: number;
  /** The oldest ones, if they were only looked at. */
  rooms: RoomObject[];
  /** What those that were looked at have in common: a place or a text. */
  groups: WaitingGroup[];
  /** Where the next part begins; absent after the last. */
  cursor?: string;
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
  /** To admins: the customer is blocked. */
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
  /** With code conflict: the stored item; absent when it was deleted. */
  item?: Canned;
  /** With code conflict, of an hoursPut: what is stored. */
  hours?: StoredHours;
}
/** A shop's hours. */
export interface HoursFrame extends Answer, StoredHours {
  type: 'hours';
  site?: string;
  /** Keys of the named shops. */
  sites: string[];
  /** By the schedule alone; until: when that changes. */
  now: { state: 'open' | 'closed'; until?: number };
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
  /** With by: now. present: connected agents. open: chats that some agent holds, connected or not. */
  present?: Present[];
  open?: number;
  cursor?: string;
}
export interface PlainFrame extends Answer {
  type: 'ok' | 'pong';
}
export interface ReplacedFrame extends Answer {
  type: 'replaced';
  /** The device named in the newer connection's join. */
  by?: string;
}
export type ServerFrame =
  | RoomFrame
  | DeskFrame
  | QueueFrame
  | WaitingFrame
  | AckFrame
  | MessageFrame
  | PresenceFrame
  | TypingFrame
  | ReadFrame
  | HistoryFrame
  | ErrorFrame
  | HoursFrame
  | CannedFrame
  | ChatsFrame
  | StatsFrame
  | PlainFrame
  | ReplacedFrame;
