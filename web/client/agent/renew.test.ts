import { expect, test } from 'vitest';
import { KIM, openChat, textsIn } from '../testing/sessions';
import { World } from '../testing/world';

test('renewed for a fresh token: the new connection joins before the old one goes', async () => {
  const world = new World();
  const { alice, kim, room } = await openChat(world);
  const before = world.line(KIM);
  const lines: string[] = [];
  kim.subscribe(({ line }) => lines.push(line));
  kim.renew();
  alice.send('in the middle of it');
  kim.send(room, 'me too');
  await world.pass(1_000);
  expect(world.line(KIM)).not.toBe(before);
  expect(before.up).toBe(false);
  expect(new Set(lines)).toEqual(new Set(['open']));
  expect(textsIn(alice.state.items).sort()).toEqual(['in the middle of it', 'me too']);
  expect(textsIn(kim.state.rooms[room]?.items ?? []).sort()).toEqual(['in the middle of it', 'me too']);
});
