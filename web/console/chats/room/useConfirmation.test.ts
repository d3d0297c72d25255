import { h, render } from 'preact';
import { expect, test, vi } from 'vitest';
import { useConfirmation } from './useConfirmation';

/** Draws the hook again and again, in a component that shows nothing and so needs no page. */
function drawn() {
  let latest: ReturnType<typeof useConfirmation> | undefined;
  const Shown = ({ mine }: { mine: boolean }) => {
    latest = useConfirmation({ R: { mine } });
    return null;
  };
  vi.stubGlobal('document', {});
  const page = { childNodes: [] } as unknown as Element;
  return async (mine: boolean) => {
    render(h(Shown, { mine }), page);
    await Promise.resolve(); // what the draw itself has set is drawn
    if (!latest) throw new Error('nothing was drawn');
    return latest;
  };
}

test('a question that lost its room does not come back with it', async () => {
  const draw = drawn();
  const question = { action: 'end', room: 'R' } as const;
  const [none, ask] = await draw(true);
  expect(none).toBeUndefined();
  ask(question);
  expect((await draw(true))[0]).toEqual(question);
  expect((await draw(false))[0]).toBeUndefined();
  expect((await draw(true))[0]).toBeUndefined();
});
