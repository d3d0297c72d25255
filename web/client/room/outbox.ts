import { Repeat } from '../line/backoff';
import type { Effects } from '../line/effects';
import { NEVER } from '../line/line';
import type { ErrorCode, ErrorFrame, Side } from '../wire/protocol';
import { type Any, isText } from '../wire/valid';
import type { Item } from './state';

/** An own text without an ack; its fields are also the stored ones. */
export interface OwnText {
  key: string;
  text: string;
  at: number;
  /** Its number, once it was sent; repeats carry the same. */
  no?: number;
  /** The newest seq known when it got its number; its own seq is greater. */
  above?: number;
  failed?: boolean;
  /** Code of the last error that it was answered by. */
  why?: ErrorCode | undefined;
}

export const isOwnText = (it: Any): it is OwnText => isText(it?.key) && isText(it.text);

/** A text without an ack for this time is shown as `retry`, ms. */
const SLOW = 10_000;

export type Outbox = ReturnType<typeof openOutbox>;

/** One side's texts in one room that have no ack: one is under way, the others wait. */
export function openOutbox(texts: OwnText[], no: number) {
  const it = {
    texts,
    /** The last number that this side is known to have used. */
    no,
    /** Of the head. */
    repeat: new Repeat(),

    /** The text that is under way or next. */
    get head(): OwnText | undefined {
      return it.texts.find((own) => !own.failed);
    },

    find: (key: string): OwnText | undefined => it.texts.find((own) => own.key === key),

    remove(key: string): void {
      it.texts = it.texts.filter((own) => own.key !== key);
    },

    due: (): number => (it.head ? it.repeat.dueAt : NEVER),

    /** The text that is due. newestSeq: the newest seq known. */
    next(fx: Effects, newestSeq: number): { no: number; text: string } {
      const head = it.head as OwnText;
      if (!head.no) {
        head.no = it.no + 1;
        head.above = newestSeq;
        it.repeat.tries = 0;
      }
      it.repeat.markSent(fx);
      return { no: head.no, text: head.text };
    },

    /** Removes the text that an ack settles, and returns it. */
    acked(no: number): OwnText | undefined {
      const { head } = it;
      if (head?.no !== no) return;
      it.no = Math.max(it.no, no);
      it.repeat.dueAt = 0;
      it.remove(head.key);
      return head;
    },

    /** An error in answer to a text: it is sent again, or has failed. */
    refused({ no, code, expected, retry }: ErrorFrame, now: number): void {
      const { head } = it;
      if (!head || head.no !== no) return;
      head.why = code;
      if (code === 'out_of_order' && expected) {
        head.no = expected;
        it.repeat.retryIn(now, 0);
      } else if (retry) it.repeat.retryIn(now);
      else {
        head.failed = true;
        it.repeat.dueAt = 0;
      }
    },

    /** When the next text begins to be shown as `retry`. */
    slowAt: (now: number): number =>
      Math.min(...it.texts.map(({ at }) => at + SLOW).filter((at) => at > now)), // of none: Infinity
  };
  return it;
}

export function ownItem(
  { key, text, at, failed, why }: OwnText,
  room: string,
  from: Side,
  now: number,
): Item {
  const state = failed ? 'failed' : now < at + SLOW ? 'sending' : 'retry';
  return { key, from, text, at, state, room, why };
}
