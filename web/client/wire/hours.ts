/** Opening hours in frames (docs/protocol.md). Types only, as in protocol.ts. */
export type Served = 'open' | 'closed' | 'nobody';

/** Whether somebody serves the customer who joins. */
export interface Serving {
  state: Served;
  /** When a closed shop opens, if that is known. */
  until?: number;
  /** IANA name of the shop's time zone. */
  zone?: string;
  /** To begin a chat while nobody serves, an email address must be given. */
  email?: 'required';
}

/** Wall-clock times of the shop's zone, as 09:00; `to` may be 24:00. */
export interface OpenSpan {
  from: string;
  to: string;
}

/** When a shop is open. */
export interface Schedule {
  /** IANA name. */
  zone: string;
  /** Seven days, Monday first. */
  week: OpenSpan[][];
  /** Each replaces the weekday's spans on a date, as 2026-12-25; without spans it is closed. */
  exceptions?: { date: string; open: OpenSpan[] }[];
  /** Closed now, until a time, or until it is opened again. The server sets since. */
  closed?: { since?: number; until?: number };
  /** Whether who begins a chat while nobody serves must give an email address; optional if absent. */
  email?: 'optional' | 'required';
}

/** A shop's schedule as it is stored; version 0 and null: it has none and is always open. */
export interface StoredHours {
  version: number;
  hours: Schedule | null;
}
