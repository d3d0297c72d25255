import type { Message, RoomObject } from './protocol';

// Data from the wire or from storage may have any shape; invalid data is ignored.

// biome-ignore lint/suspicious/noExplicitAny: its shape is what these functions check
export type Any = any;

export const isText = (it: Any): it is string => typeof it === 'string';

export const isRoom = (it: Any): it is RoomObject =>
  isText(it?.id) && it.seq >= 0 && it.rev >= 0 && !!it.customer;

export const isMessage = (it: Any): it is Message => it?.seq > 0 && isText(it.text);
