import { ANSWER_TIMEOUT, NEVER } from '../line/line';
import type { ErrorFrame, Side } from '../wire/protocol';
import { type Any, isText } from '../wire/valid';
import type { Item } from './state';

/** An own text until its ack. */
export interface OwnText {
  key: string;
  text: string;
  at: number;
  /** Its number, once it was sent; a repeat bears the same. */
  no?: number;
  /** The newest seq known when it got its number: its own is above. */
  above?: number;
  failed?: boolean;
}

export const isOwnText = (it: Any): it is OwnText => isText(it?.key) && isText(it.text);

/** A text that is not acknowledged after this time is shown as such. */
const SLOW = 10_000;
const RETRY = 1_000;

export type Outbox = ReturnType<typeof openOutbox>;

/** One side's texts in one room that are not acknowledged: one is under way, the others wait. */
export function openOutbox(texts: OwnText[], no: number) {
  let onLine = 0;
  let dueAt = NEVER;
  let tries = 0;

  const it = {
    texts,
    /** The last number known to be used on this side. */
    no,

    /** The text that is under way or next. */
    get head(): OwnText | undefined {
      return it.texts.find((own) => !own.failed);
    },

    find: (key: string): OwnText | undefined => it.texts.find((own) => own.key === key),

    remove(key: string): void {
      it.texts = it.texts.filter((own) => own.key !== key);
    },

    /** When something is to be sent on this line. */
    due: (line: number): number => (!it.head ? NEVER : it.head.no && onLine === line ? dueAt : 0),

    /** The text to send now, if one is due on this line; top is the newest seq known. */
    next(now: number, line: number, top: number): { no: number; text: string } | undefined {
      const { head } = it;
      if (!head || it.due(line) > now) return;
      if (!head.no) {
        head.no = it.no + 1;
        head.above = top;
        tries = 0;
      }
      onLine = line;
      dueAt = now + ANSWER_TIMEOUT;
      tries++;
      return { no: head.no, text: head.text };
    },

    /** The text that this ack settles. */
    acked(no: number): OwnText | undefined {
      const { head } = it;
      if (head?.no !== no) return;
      it.no = Math.max(it.no, no);
      it.remove(head.key);
      return head;
    },

    /** An error in answer to a text, which may fail it for good. */
    refused({ no, code, expected, retry }: ErrorFrame, now: number): void {
      const { head } = it;
      if (!head || head.no !== no) return;
      if (code === 'out_of_order' && expected) {
        head.no = expected;
        dueAt = now;
      } else if (retry || code === 'unavailable' || code === 'rate_limited')
        dueAt = now + RETRY * Math.min(tries, 5);
      else head.failed = true;
    },

    /** Sends again soon, as after an error that names no text. */
    hurry(at: number): void {
      dueAt = Math.min(dueAt, at);
    },

    /** When the next text begins to be slow. */
    slowAt: (now: number): number =>
      Math.min(...it.texts.map(({ at }) => at + SLOW).filter((at) => at > now)), // NEVER of none
  };
  return it;
}

export function ownItem({ key, text, at, failed }: OwnText, room: string, from: Side, now: number): Item {
  const state = failed ? 'failed' : now < at + SLOW ? 'sending' : 'retry';
  return { key, from, text, at, state, room };
}
