import type { Message, Rating, Side } from '../wire/protocol';
import type { Connection, Wire } from './network';

/** A text that has a number, stored or not. */
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
  /** When each number was assigned. */
  given: Map<number, number>;
  read: Record<Side, number>;
  /** Every agent who ever held it. */
  held: Set<string>;
  /** Where it was begun. */
  from?: string;
  /** Since when it is kept, and whether it is a left question. */
  kept?: number;
  left?: boolean;
  reason?: string;
  rating?: Rating;
}

export const newSeat = (who: string, line?: Connection): Seat => ({
  who,
  line,
  no: 0,
  skip: 0,
  sent: new Map(),
});

export const newRoom = (id: string, customer: string, now: number, kept: boolean): Room => ({
  id,
  rev: 1,
  status: 'waiting',
  seq: 0,
  created: now,
  seats: { customer: newSeat(customer), agent: newSeat('') },
  messages: new Map(),
  voids: new Set(),
  given: new Map(),
  read: { customer: 0, agent: 0 },
  held: new Set(),
  ...(kept && { kept: now }),
});
export const other = (side: Side): Side => (side === 'agent' ? 'customer' : 'agent');

export function error(code: string, more: object = {}): Wire {
  const retry = code === 'unavailable' || code === 'rate_limited';
  return { type: 'error', code, message: code, retry, ...more };
}

/** Whether a kept room has a question without an answer, or an answer that was not read. */
export function isPending({ kept, messages, read }: Room): boolean {
  const texts = [...messages.values()].filter(({ from }) => from !== 'system').sort((a, b) => a.seq - b.seq);
  const last = texts.at(-1);
  return kept !== undefined && (last?.from !== 'agent' || read.customer < last.seq);
}

/** A room as one side sees it. */
export function roomObject(room: Room, side: Side): Wire {
  const { customer, agent } = room.seats;
  const mine = room.seats[side];
  return {
    id: room.id,
    rev: room.rev,
    status: room.status,
    seq: room.seq,
    no: mine.no + mine.skip,
    created: room.created,
    customer: { id: customer.who, name: customer.who, online: customer.line !== undefined },
    ...(agent.who && { agent: { id: agent.who, name: agent.who, online: agent.line !== undefined } }),
    read: { ...room.read },
    ...(side === 'agent' &&
      room.left &&
      room.status === 'waiting' && { left: { since: room.kept, open: 0 } }),
    ...(room.reason && { reason: room.reason }),
    ...(room.rating && { rating: room.rating }),
  };
}
