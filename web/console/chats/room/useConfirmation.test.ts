import { h, render } from 'preact';
import { expect, test, vi } from 'vitest';
import { useConfirmation } from './useConfirmation';

/** Renders the hook in a component without output, which needs no document. */
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
    await Promise.resolve(); // render the state that the last render has set
    if (!latest) throw new Error('nothing was drawn');
    return latest;
  };
}

test('a confirmation that closed with its room does not open again when the room is back', async () => {
  const draw = drawn();
  const question = { action: 'end', room: 'R' } as const;
  const [none, ask] = await draw(true);
  expect(none).toBeUndefined();
  ask(question);
  expect((await draw(true))[0]).toEqual(question);
  expect((await draw(false))[0]).toBeUndefined();
  expect((await draw(true))[0]).toBeUndefined();
});
