import { browserStore } from '../../client/line/storage';
import type { RoomObject } from '../../client/wire/protocol';
import { h } from './dom';

const PLACE = 'rejoin.draft ';

/**
 * What the customer is writing. The fields for a question and for a message share it: when the chat ends, a draft message becomes
 * the start of the next question; when another tab starts the chat, a draft question becomes a message.
 */
export function draft() {
  const drafts = browserStore('sessionStorage');
  const fields: [HTMLTextAreaElement, HTMLElement][] = [];
  /** The draft's key in storage, made of the customer and the room; empty while no room is known. */
  let place = '';
  let text = '';

  const it = {
    /** A field in a box that is as high as the same words beside it: WebKit has no `field-sizing`. */
    field(properties: Partial<HTMLTextAreaElement>) {
      const field = h('textarea', { dir: 'auto', ...properties });
      field.addEventListener('input', () => it.write(field.value));
      const mirror = h('span', { ariaHidden: 'true' });
      fields.push([field, mirror]);
      return { field, box: h('div', 'grow', field, mirror) };
    },

    write(words: string): void {
      text = words;
      if (place) drafts.set(place, text);
      for (const [field, mirror] of fields) {
        if (field.value !== text) field.value = text;
        mirror.textContent = `${text} `;
      }
    },

    /** Keeps the draft for the next room. Drafts of other customers, who have logged out, are removed; a visitor's stay. */
    follow(room: RoomObject | null | undefined): void {
      const next = room ? `${PLACE}${room.customer.id} ${room.id}` : '';
      if (room === undefined || (next && next === place)) return;
      const kept = drafts.get(next);
      if (place) drafts.set(place, '');
      drafts.prune((key) => key.startsWith(`${PLACE}c_`) && key !== next);
      place = next;
      it.write(text || kept || '');
    },
  };
  return it;
}

export type Draft = ReturnType<typeof draft>;
