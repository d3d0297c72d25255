import { ANSWER_TIMEOUT, NEVER } from '../line/line';
import type { ErrorFrame, Side } from '../wire/protocol';
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
}

export const isOwnText = (it: Any): it is OwnText => isText(it?.key) && isText(it.text);

/** A text without an ack for this time is shown as `retry`, ms. */
const SLOW = 10_000;
const RETRY = 1_000;

export type Outbox = ReturnType<typeof openOutbox>;

/** One side's texts in one room that have no ack: one is under way, the others wait. */
export function openOutbox(texts: OwnText[], no: number) {
  /** Number of the connection on which the head was last sent. */
  let sentOn = 0;
  let dueAt = NEVER;
  let tries = 0;

  const it = {
    texts,
    /** The last number that this side is known to have used. */
    no,

    /** The text that is under way or next. */
    get head(): OwnText | undefined {
      return it.texts.find((own) => !own.failed);
    },

    find: (key: string): OwnText | undefined => it.texts.find((own) => own.key === key),

    remove(key: string): void {
      it.texts = it.texts.filter((own) => own.key !== key);
    },

    /** When something is to be sent on a connection. */
    due: (connection: number): number => (!it.head ? NEVER : it.head.no && sentOn === connection ? dueAt : 0),

    /** The text to send now on a connection, if one is due. newestSeq: the newest seq known. */
    next(now: number, connection: number, newestSeq: number): { no: number; text: string } | undefined {
      const { head } = it;
      if (!head || it.due(connection) > now) return;
      if (!head.no) {
        head.no = it.no + 1;
        head.above = newestSeq;
        tries = 0;
      }
      sentOn = connection;
      dueAt = now + ANSWER_TIMEOUT;
      tries++;
      return { no: head.no, text: head.text };
    },

    /** Removes the text that an ack settles, and returns it. */
    acked(no: number): OwnText | undefined {
      const { head } = it;
      if (head?.no !== no) return;
      it.no = Math.max(it.no, no);
      it.remove(head.key);
      return head;
    },

    /** An error in answer to a text: it is sent again, or has failed. */
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

    /** Sends the head again at a time at the latest, as after an error that names no text. */
    retryBy(at: number): void {
      dueAt = Math.min(dueAt, at);
    },

    /** When the next text begins to be shown as `retry`. */
    slowAt: (now: number): number =>
      Math.min(...it.texts.map(({ at }) => at + SLOW).filter((at) => at > now)), // of none: Infinity
  };
  return it;
}

export function ownItem({ key, text, at, failed }: OwnText, room: string, from: Side, now: number): Item {
  const state = failed ? 'failed' : now < at + SLOW ? 'sending' : 'retry';
  return { key, from, text, at, state, room };
}
