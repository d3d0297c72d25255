import { ANSWER, NEVER } from './line';
import type { ErrorFrame, Side } from './protocol';
import type { Item } from './state';

/** An own text until its ack. */
export interface Own {
  key: string;
  text: string;
  at: number;
  /** Its number, once it was sent; a repeat bears the same. */
  no?: number;
  /** The newest seq known when it got its number: its own is above. */
  above?: number;
  failed?: true;
}

/** A text that is not acknowledged after this time is shown as such. */
const SLOW = 10_000;
const RETRY = 1_000;

/** As the server stores it: trimmed, without control characters other than tab and newline. */
export function clean(text: string): string {
  return text.replace(/[^\P{Cc}\t\n]/gu, '').trim();
}

/** One side's texts in one room that are not acknowledged: one is under way, the others wait. */
export class Outbox {
  /** The last number known to be used on this side. */
  no = 0;
  private line = 0;
  private dueAt = NEVER;
  private tries = 0;

  constructor(readonly texts: Own[] = []) {}

  /** The text that is under way or next. */
  get head(): Own | undefined {
    return this.texts.find((own) => !own.failed);
  }

  add(own: Own): void {
    if (!this.texts.some(({ key }) => key === own.key)) this.texts.push(own);
  }

  /** Takes one out. */
  remove(key: string): Own | undefined {
    const at = this.texts.findIndex((own) => own.key === key);
    return at < 0 ? undefined : this.texts.splice(at, 1)[0];
  }

  /** When something is to be sent on this line. */
  due(line: number): number {
    if (!this.head) return NEVER;
    return this.line === line && this.head.no !== undefined ? this.dueAt : 0;
  }

  /** The text to send now, if one is due on this line; top is the newest seq known. */
  next(now: number, line: number, top: number): { no: number; text: string } | undefined {
    const { head } = this;
    if (!head || this.due(line) > now) return;
    if (head.no === undefined) {
      head.no = this.no + 1;
      head.above = top;
      this.tries = 0;
    }
    this.line = line;
    this.dueAt = now + ANSWER;
    this.tries++;
    return { no: head.no, text: head.text };
  }

  /** The text that this ack settles. */
  acked(no: number): Own | undefined {
    const { head } = this;
    if (head?.no !== no) return;
    this.no = Math.max(this.no, no);
    return this.remove(head.key);
  }

  /** An error in answer to a text. True: that text has failed for good. */
  refused(error: ErrorFrame, now: number): boolean {
    const { head } = this;
    if (!head || head.no !== error.no) return false;
    if (error.code === 'out_of_order' && error.expected !== undefined) {
      head.no = error.expected;
      this.dueAt = now;
      return false;
    }
    if (error.retry || error.code === 'unavailable' || error.code === 'rate_limited') {
      this.dueAt = now + RETRY * Math.min(this.tries, 5);
      return false;
    }
    head.failed = true;
    return true;
  }

  /** Sends again soon, as after an error that names no text. */
  hurry(at: number): void {
    this.dueAt = Math.min(this.dueAt, at);
  }

  /** When the next text begins to be slow. */
  slowAt(now: number): number {
    return Math.min(NEVER, ...this.texts.map(({ at }) => at + SLOW).filter((at) => at > now));
  }
}

export function ownItem(own: Own, room: string, from: Side, now: number): Item {
  const state = own.failed ? 'failed' : now >= own.at + SLOW ? 'retry' : 'sending';
  return { key: own.key, from, text: own.text, at: own.at, state, room };
}
