import type { SocketEvents } from '../line/effects';
import type { Side } from '../wire/protocol';

// biome-ignore lint/suspicious/noExplicitAny: frames as they are on the wire
export type Wire = any;

export interface Connection {
  id: string;
  who: string;
  role: Side;
  /** Unique age; the newest connection of a person is the current one. */
  at: number;
  /** Open at the gateway. */
  up: boolean;
  /** Nothing passes any more, and nobody was told. */
  dead: boolean;
  on: SocketEvents;
  url: string;
  /** Frames that this client sent. */
  sent: Wire[];
}

export interface Faults {
  /** Longest time that a frame is under way, ms; frames overtake each other within it. */
  delay: number;
  /** Chance of a frame to be lost or doubled, of an invocation to die, of a gateway error. */
  loss: number;
  twice: number;
  death: number;
  gateway: number;
}

export const CALM: Faults = { delay: 1, loss: 0, twice: 0, death: 0, gateway: 0 };

/** What carries the server's frames to its clients, and how badly. */
export interface Network {
  faults: Faults;
  clock: { now: number; after(ms: number, fn: () => void): void };
  random(): number;
  /** Does something of chance p happen? */
  chance(p: number): boolean;
  post(to: Connection, frame: Wire): void;
  close(connection: Connection): void;
}
