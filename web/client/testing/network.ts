import type { SocketEvents } from '../line/effects';
import type { Side } from '../wire/protocol';

// biome-ignore lint/suspicious/noExplicitAny: frames as they are on the wire
export type Wire = any;

export interface Connection {
  id: string;
  who: string;
  role: Side;
  /** Unique and growing: a person's connection with the highest is current. */
  at: number;
  /** Open at the gateway. */
  up: boolean;
  /** Nothing passes any more, and neither end knows. */
  dead: boolean;
  on: SocketEvents;
  url: string;
  /** Frames that the client sent on it. */
  sent: Wire[];
}

export interface Faults {
  /** Longest delay of a frame, ms; frames overtake each other within it. */
  delay: number;
  /** Probabilities that a frame is lost or doubled, that an invocation dies, and of a gateway error. */
  loss: number;
  twice: number;
  death: number;
  gateway: number;
}

export const CALM: Faults = { delay: 1, loss: 0, twice: 0, death: 0, gateway: 0 };

/** What the test server needs of its network. */
export interface Network {
  faults: Faults;
  clock: { now: number; after(ms: number, fn: () => void): void };
  random(): number;
  /** True with probability p. */
  chance(p: number): boolean;
  post(to: Connection, frame: Wire): void;
  close(connection: Connection): void;
}
