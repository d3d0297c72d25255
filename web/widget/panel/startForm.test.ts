import { expect, test, vi } from 'vitest';
import type { CustomerState } from '../../client/customer/state';
import type { Embed } from '../embed';
import { createDraft } from './draft';
import { createStartForm } from './startForm';
import type { Context } from './view';

/** A minimal element. */
class Fake {
  value = '';
  dataset = {};
  validity = { typeMismatch: false };
  setAttribute() {}
  addEventListener() {}
  parentNode?: Fake;
  append(...children: (Fake | string)[]) {
    for (const child of children) if (child instanceof Fake) child.parentNode = this;
  }
}

test('a profile from the shop is used even if it arrives later', () => {
  const made: HTMLInputElement[] = [];
  vi.stubGlobal('document', { createElement: () => made[made.push(new Fake() as never) - 1] });
  const embed = { data: { ask: 'name*,email' } } as unknown as Embed;
  const session = { start: vi.fn(), send: vi.fn() };
  const form = createStartForm(
    {
      t: (key: string) => key,
      session,
      embed,
      draft: createDraft(),
      profileFields: [],
    } as unknown as Context,
    () => {},
  );
  const [name, email] = made.filter((it) => it.name) as [HTMLInputElement, HTMLInputElement];
  const update = () => form.update?.({ room: null } as CustomerState, 'form');
  update();
  expect([name, email].some((it) => it.disabled)).toBe(false);

  embed.profile = { name: 'Mina Park' };
  update();
  expect([name, email].map((it) => it.disabled)).toEqual([true, false]);
  expect(name.parentNode?.parentNode).toHaveProperty('hidden', true);
  email.value = 'mina@example.com';
  (made[0] as HTMLInputElement).value = 'Hello';
  const send = made.find((it) => it.className === 'primary');
  send?.onclick?.(new Event('click') as PointerEvent);
  expect(session.start).toHaveBeenCalledWith({
    name: 'Mina Park',
    email: 'mina@example.com',
    topic: 'Hello',
  });
});
