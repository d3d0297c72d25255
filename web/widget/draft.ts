import type { RoomObject } from '../shared/protocol';
import { store } from '../shared/storage';
import { h } from './dom';

const PLACE = 'rejoin.draft ';

/**
 * What the customer is writing. Every field of it shows the same words: what was begun as a message becomes the start of the
 * next question when the chat has ended meanwhile, and a question begun here a message when another tab has asked first.
 */
export function draft() {
  const drafts = store('sessionStorage');
  const fields: [HTMLTextAreaElement, HTMLElement][] = [];
  /** The draft's place is the room's, and so its person's; none while no room is known. */
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

    /** The draft goes along from room to room. Any other customer's is of who has logged out; a visitor comes back. */
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
