import { clean, oneLine } from '../wire/clean';
import * as limit from '../wire/limits';
import type { Side } from '../wire/protocol';
import type { Wire } from './network';
import { error } from './room';
import { isSchedule } from './schedule';

type Check = (value: unknown) => boolean;

const MAX_NO = 2 ** 31;
const MAX_TIME = 9_999_999_999_999;

const string =
  (most: number): Check =>
  (it) =>
    typeof it === 'string' && [...it].length <= most;
const lineOf =
  (most: number): Check =>
  (it) =>
    typeof it === 'string' && [...oneLine(it, it.length)].length <= most;
const matching =
  (pattern: RegExp): Check =>
  (it) =>
    typeof it === 'string' && pattern.test(it);
const whole =
  (low: number, high: number): Check =>
  (it) =>
    Number.isInteger(it) && (it as number) >= low && (it as number) <= high;
const among =
  (...known: string[]): Check =>
  (it) =>
    known.includes(it as string);
const flag: Check = (it) => typeof it === 'boolean';
const isObject = (it: unknown): it is object => typeof it === 'object' && it !== null && !Array.isArray(it);
const object =
  (fields: Fields): Check =>
  (it) =>
    isObject(it) && fits(it, fields);
const list =
  (most: number, fields: Fields): Check =>
  (it) =>
    Array.isArray(it) && it.length <= most && it.every((one) => isObject(one) && fits(one, fields));
const optional =
  (check: Check): Check =>
  (it) =>
    it === undefined || it === null || it === '' || check(it);

type Fields = Record<string, Check>;
const fits = (it: Wire, fields: Fields): boolean =>
  Object.entries(fields).every(([name, check]) => check(it[name]));

const any = string(Number.POSITIVE_INFINITY);
const id = matching(/^[\w-]{1,64}$/);
const agent = matching(/^a_./);
const isFrameId: Check = (it) => string(limit.MAX_ID)(it) && it !== '';
const cursor = matching(/^\w{1,128}$/);
const seq = whole(0, Number.MAX_SAFE_INTEGER);
const canned = { key: id, scope: among('shared', 'mine'), version: optional(whole(1, MAX_NO - 1)) };
const page = { limit: optional(whole(1, MAX_NO)), before: optional(cursor) };

const BOTH: Record<string, Fields> = {
  ping: {},
  message: { room: id, no: whole(1, MAX_NO), text: any },
  typing: { room: id },
  read: { room: id, seq },
  end: { room: id },
};
const FRAMES: Record<Side, Record<string, Fields>> = {
  customer: {
    ...BOTH,
    join: {
      device: optional(id),
      room: optional(id),
      since: optional(seq),
      start: optional(flag),
      profile: optional(
        object({
          name: optional(lineOf(limit.MAX_NAME)),
          email: optional(lineOf(limit.MAX_EMAIL)),
          topic: optional(lineOf(limit.MAX_TOPIC)),
        }),
      ),
      page: optional(object({ url: optional(any), title: optional(any), lang: optional(any) })),
    },
    history: page,
    rate: { room: id, score: whole(1, limit.MAX_SCORE), comment: optional(any) },
  },
  agent: {
    ...BOTH,
    join: {
      device: optional(id),
      rooms: optional(list(limit.MAX_JOIN_ROOMS, { room: id, since: optional(seq) })),
    },
    history: { ...page, room: id },
    take: { room: id },
    release: { room: id },
    transfer: { room: id, agent },
    block: { room: id, blocked: flag },
    queue: {},
    endWaiting: {
      act: among('look', 'end', 'block'),
      from: optional(id),
      pattern: optional(lineOf(limit.MAX_SEARCH)),
      left: optional(flag),
      cursor: optional(id),
    },
    hours: { site: optional(id) },
    hoursPut: {
      site: optional(id),
      version: whole(0, MAX_NO - 2),
      hours: (it) => isObject(it) && isSchedule(it),
    },
    status: { status: among('online', 'away') },
    cannedList: { cursor: optional(cursor) },
    cannedPut: {
      ...canned,
      title: optional(any),
      text: optional(any),
      position: optional(whole(-limit.MAX_POSITION, limit.MAX_POSITION)),
    },
    cannedDelete: canned,
    chats: {
      from: whole(0, MAX_TIME),
      to: whole(0, MAX_TIME),
      agent: optional(agent),
      reason: optional(
        among('agent_ended', 'customer_ended', 'idle', 'customer_left', 'abandoned', 'expired'),
      ),
      rating: optional(whole(1, limit.MAX_SCORE)),
      text: optional(string(limit.MAX_SEARCH)),
      cursor: optional(cursor),
    },
    stats: {},
  },
};

/**
 * The error for a malformed frame, as the real controller and service answer it before they read the room; undefined for a
 * valid one. internal/gateway/testdata/refusals.golden holds it to the real answers.
 */
export function refusal(role: Side, frame: Wire): Wire | undefined {
  const known = FRAMES[role][frame.action];
  const others = FRAMES[role === 'agent' ? 'customer' : 'agent'][frame.action];
  if (frame.id !== undefined && !isFrameId(frame.id)) return error('invalid');
  if (!known) return error(others ? 'forbidden' : 'invalid');
  if (!fits(frame, known)) return error('invalid');
  if (frame.action === 'message') return textError(frame.text, limit.MAX_TEXT);
  if (frame.action === 'rate' && frame.comment)
    return textError(`.${clean(frame.comment)}`, limit.MAX_COMMENT + 1);
  if (frame.action === 'chats') return range(frame);
  return undefined;
}

/** The error for a text that is empty or too long. */
export function textError(text: unknown, most: number): Wire | undefined {
  const length = [...clean(`${text ?? ''}`)].length;
  return length > most ? error('too_long') : length ? undefined : error('invalid');
}

function range({ from, to, text }: Wire): Wire | undefined {
  const words = new Set(`${text ?? ''}`.split(/\s+/).filter((word) => word));
  const good = from <= to && to - from <= limit.MAX_SPAN_MS && words.size <= limit.MAX_WORDS;
  return good ? undefined : error('invalid');
}

/** The fields by which an answer names its frame; room and no only of an error about a text, if they are valid. */
export function answerFields({ action, id: re, room, no }: Wire, type: string): Wire {
  const text = action === 'message' && type === 'error';
  return {
    ...(isFrameId(re) && { re }),
    ...(text && id(room) && { room }),
    ...(text && whole(1, MAX_NO)(no) && { no }),
  };
}
