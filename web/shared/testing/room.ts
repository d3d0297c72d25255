import type { Message, Rating, Side } from '../protocol';
import type { Connection, Wire } from './world';

/** A text that was given a number, whether or not it was stored since. */
export interface Sent {
  who: string;
  text: string;
  seq: number;
}

/** One side of a room. */
export interface Seat {
  who: string;
  line: Connection | undefined;
  no: number;
  skip: number;
  sent: Map<number, Sent>;
}

export interface Room {
  id: string;
  rev: number;
  status: 'waiting' | 'active' | 'ended';
  seq: number;
  created: number;
  seats: Record<Side, Seat>;
  messages: Map<number, Message>;
  voids: Set<number>;
  /** When a number was given out. */
  given: Map<number, number>;
  read: Record<Side, number>;
  reason?: string;
  rating?: Rating;
}

export const seat = (who: string, line?: Connection): Seat => ({
  who,
  line,
  no: 0,
  skip: 0,
  sent: new Map(),
});
export const other = (side: Side): Side => (side === 'agent' ? 'customer' : 'agent');

export function error(code: string, more: object = {}): Wire {
  const retry = code === 'unavailable';
  return { type: 'error', code, message: code, retry, ...more };
}
