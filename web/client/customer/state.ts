import type { LineView } from '../line/state';
import type { RoomState } from '../room/state';
import type { PageInfo, Profile, Rating, RoomObject, Serving } from '../wire/protocol';

export interface CustomerState extends LineView, RoomState {
  /** The open room, else the last. undefined: not known yet; null: this customer never had one. */
  room: RoomObject | null | undefined;
  /** While nobody serves the customer, as far as the newest join told: why, and until when. */
  hours: Serving | undefined;
}

export interface CustomerSession {
  readonly state: CustomerState;
  subscribe(fn: (state: CustomerState) => void): () => void;
  /** Connects and joins; does not start a chat. */
  open(): void;
  /** page: the page that the customer is on; by default that of the options. */
  start(profile?: Profile, page?: PageInfo): void;
  /** Queues the text; starts a chat when none is open. Empty texts are ignored. */
  send(text: string): void;
  /** Sends a failed text again (in a new chat when its own has ended), or a waiting one at once. */
  retry(key: string): void;
  /** Forgets a failed text. */
  discard(key: string): void;
  typing(): void;
  /** The customer is looking at the conversation: moves the read mark. */
  seen(): void;
  /** Fetches an older page into `past`. */
  older(): Promise<void>;
  end(): void;
  /** Rates the current chat, once it has ended; a second rating replaces the first. */
  rate(rating: Rating): void;
  /** Makes this tab or device the current one again after `replaced`. */
  takeOver(): void;
  close(): void;
}
