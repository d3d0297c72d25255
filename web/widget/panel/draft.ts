import { browserStore } from '../../client/line/storage';
import type { RoomObject } from '../../client/wire/protocol';
import { h } from './dom';

const KEY_PREFIX = 'rejoin.draft ';

/**
 * The text that the customer has not sent yet. The question's and the message's field share it: when the chat ends, an unsent message
 * begins the next question; when another tab starts a chat, an unsent question becomes a message.
 */
export function createDraft() {
  const storage = browserStore('sessionStorage');
  const fields: [HTMLTextAreaElement, HTMLElement][] = [];
  /** The draft's key in storage, of customer and room; empty while no room is known. */
  let key = '';
  let text = '';

  const draft = {
    /** A field in a box that grows with a hidden copy of its text: WebKit has no `field-sizing`. */
    field(properties: Partial<HTMLTextAreaElement>) {
      const field = h('textarea', { dir: 'auto', ...properties });
      field.addEventListener('input', () => draft.write(field.value));
      const mirror = h('span', { ariaHidden: 'true' });
      fields.push([field, mirror]);
      return { field, box: h('div', 'growing', field, mirror) };
    },

    write(newText: string): void {
      text = newText;
      if (key) storage.set(key, text);
      for (const [field, mirror] of fields) {
        if (field.value !== text) field.value = text;
        mirror.textContent = `${text} `;
      }
    },

    /** Moves the draft to the room's key. Drafts of other logged-in customers are removed; a visitor's stay. */
    setRoom(room: RoomObject | null | undefined): void {
      const nextKey = room ? `${KEY_PREFIX}${room.customer.id} ${room.id}` : '';
      if (room === undefined || (nextKey && nextKey === key)) return;
      const stored = storage.get(nextKey);
      if (key) storage.set(key, '');
      storage.prune((key) => key.startsWith(`${KEY_PREFIX}c_`) && key !== nextKey);
      key = nextKey;
      draft.write(text || stored || '');
    },
  };
  return draft;
}

export type Draft = ReturnType<typeof createDraft>;
