import type { ChatsQuery, Reason } from '../../client/wire/protocol';
import { dayOf, isDay, midnight } from '../time/days';

/** The filter of past chats. Days are local, YYYY-MM-DD, both included. */
export interface Filter {
  from: string;
  to: string;
  agent: string;
  reason: string;
  /** 1–5, or empty. */
  rating: string;
  text: string;
}

export const reasons: Reason[] = [
  'agent_ended',
  'customer_ended',
  'idle',
  'customer_left',
  'abandoned',
  'expired',
];

const DEFAULT_EARLIER_DAYS = 6;

/** Reads the filter from an address; the last seven days by default. */
export function filterOf(query: URLSearchParams, now = new Date()): Filter {
  const param = (name: string) => query.get(name) ?? '';
  const day = (name: string, otherwise: Date) => (isDay(param(name)) ? param(name) : dayOf(otherwise));
  const week = new Date(now.getFullYear(), now.getMonth(), now.getDate() - DEFAULT_EARLIER_DAYS);
  return {
    from: day('from', week),
    to: day('to', now),
    agent: param('agent'),
    reason: param('reason'),
    rating: param('rating'),
    text: param('text'),
  };
}

export function queryOf(filter: Filter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).filter(([, value]) => value));
}

export function chatsQuery({ from, to, agent, reason, rating, text }: Filter): ChatsQuery {
  return {
    from: midnight(from),
    to: midnight(to, 1) - 1,
    ...(agent && { agent }),
    ...(reason && { reason: reason as Reason }),
    ...(rating && { rating: Number(rating) }),
    ...(text.trim() && { text: text.trim() }),
  };
}
