import type { LineView } from '../line/state';
import type { RoomState } from '../room/state';
import type { PageInfo, Profile, Rating, RoomObject } from '../wire/protocol';

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
