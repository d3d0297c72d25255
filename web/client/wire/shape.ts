import type { Own } from '../room/outbox';
import type { SavedThread } from '../room/thread';
import type { Message, RoomObject } from './protocol';

/** Data from the wire or from storage may have any shape; what has the wrong one is ignored. */

// biome-ignore lint/suspicious/noExplicitAny: that is the question
type Any = any;

const isText = (it: Any): it is string => typeof it === 'string';

export const isRoom = (it: Any): it is RoomObject =>
  isText(it?.id) && it.seq >= 0 && it.rev >= 0 && !!it.customer;

export const isMessage = (it: Any): it is Message => it?.seq > 0 && isText(it.text);

/** A text that is not acknowledged yet. */
export const isOwn = (it: Any): it is Own => isText(it?.key) && isText(it.text);

export const isSaved = (it: Any): it is SavedThread =>
  isText(it?.id) && it.own.every(isOwn) && (!it.room || isRoom(it.room));

/** JSON without any `toJSON` that a page has given to arrays and objects, as Prototype.js did. */
export const json = (it: Any): string =>
  Array.isArray(it)
    ? `[${it.map(json)}]`
    : it && typeof it === 'object'
      ? `{${Object.entries(it).flatMap(([key, value]) => (value === undefined ? [] : `${json(key)}:${json(value)}`))}}`
      : (JSON.stringify(it) ?? 'null');
