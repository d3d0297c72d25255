import type { Thread } from '../room/thread';
import type {
  AckFrame,
  ClientFrame,
  ErrorFrame,
  MessageFrame,
  PresenceFrame,
  ReadFrame,
  ServerFrame,
  TypingFrame,
} from '../wire/protocol';

export interface Options {
  /** The WebSocket's address up to the token: `wss://…?` or `wss://…?site=KEY&`. */
  ws: string;
  /** Called for every connection; rejects with Refused when there is no identity. */
  token: () => Promise<string>;
}

/** Frames about one room that customers and agents handle alike. */
export type SharedRoomFrame = AckFrame | MessageFrame | PresenceFrame | TypingFrame | ReadFrame;
export type Answer = Exclude<ServerFrame, SharedRoomFrame>;

/** Is it time for what is due at `at`, ms since the epoch? If not, it is asked again then. */
export type IsDue = (at: number) => boolean;

/** What differs between a customer's session and an agent's. */
export interface SessionRole<State> {
  /** The next join; without a device only its required fields. */
  joinFrame(id: string, device: string | undefined): ClientFrame;
  /** When the next join is due, ms since the epoch; NEVER for none. */
  joinAt(): number;
  onScreen(): boolean;
  /** Any frame but those about one room. action: of the frame that it answers; latest: it answers the newest join. */
  received(frame: Answer, action: string | undefined, latest: boolean): void;
  /** A frame came about a room that this client does not know, or does not keep the messages of. */
  unknownRoom(room: string, frame?: SharedRoomFrame): void;
  /** Does this client keep the room's messages? */
  wantsMessages(thread: Thread): boolean;
  view(before: State | undefined): State;
  /** visitor: texts of an ended chat may stay in storage. */
  save(visitor: boolean): object;
  /** another: the person has changed, and nothing of the previous one may stay. */
  load(saved: unknown, another: boolean): void;
  refused?(error: ErrorFrame): void;
  /** An error in answer to a join. True: the next join asks for something else, so it need not wait. */
  joinRefused?(error: ErrorFrame): boolean;
  /** Sends what else is due on a joined line. */
  poll?(isDue: IsDue): void;
}
