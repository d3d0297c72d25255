import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Wire } from './network';
import { WS } from './sessions';
import { tokenOf, World } from './world';

/** What the real controller and service answer to frames at the limits (internal/gateway/refusals_test.go). */
interface Tried {
  at: 'nobody' | 'queued' | 'talking' | 'ended';
  by: string;
  frame: Wire;
  error: { code: string; retry?: true; room?: string; no?: number; expected?: number } | null;
}

const GOLDEN = resolve(import.meta.dirname, '../../../internal/gateway/testdata/refusals.golden');
const all: Tried[] = JSON.parse(readFileSync(GOLDEN, 'utf8'));
const IDS: Record<string, string> = {
  customer: 'c_mina',
  agent: 'a_kim',
  admin: 'a_lee',
  stranger: 'c_other',
  colleague: 'a_other',
};

test.each(all.map((it) => [JSON.stringify(it.frame).slice(0, 90), it.by, it.at, it] as const))(
  'the test server answers as the real one: %s by the %s, %s',
  async (_name, _by, _at, { at, by, frame, error }) => {
    const world = new World();
    world.server.lookups.admins.add(IDS.admin as string);
    const say = async (who: string, said: Wire): Promise<Wire | undefined> => {
      const answers: Wire[] = [];
      const line = world.connections.find((it) => it.who === IDS[who]) ?? (await dial(world, who));
      line.on.onmessage = ({ data }) => answers.push(JSON.parse(data));
      world.server.handle(line, said);
      await world.pass(50);
      return answers.find(({ type }) => type === 'error');
    };
    for (const [who, step] of story(at)) expect(await say(who, spelt(step))).toBeUndefined();
    const got = await say(by, spelt(frame));
    const want = error && { retry: false, ...error, ...(error.room && { room: spelt(error.room) }) };
    if (!want) expect(got).toBeUndefined();
    else expect({ ...got, hours: undefined }).toEqual({ type: 'error', message: want.code, ...want });
  },
);

async function dial(world: World, who: string) {
  world.browser().socket(`${WS}token=${await tokenOf(IDS[who] as string)()}`, {
    onopen() {},
    onmessage() {},
    onclose() {},
  });
  await world.pass(50);
  return world.line(IDS[who] as string);
}

/** As scene_test.go plays it. */
function story(at: Tried['at']): [string, Wire][] {
  const steps: [string, Wire][] = [
    ['agent', { action: 'join', rooms: [] }],
    ['admin', { action: 'join', rooms: [] }],
    ['customer', { action: 'join', start: true }],
    ['customer', { action: 'message', room: 'ROOM', no: 1, text: 'Hello?' }],
    ['agent', { action: 'take', room: 'ROOM' }],
    ['agent', { action: 'message', room: 'ROOM', no: 1, text: 'Good day.' }],
    ['customer', { action: 'message', room: 'ROOM', no: 2, text: 'A parcel.' }],
    ['agent', { action: 'transfer', room: 'ROOM', agent: 'ADMIN' }],
    ['admin', { action: 'end', room: 'ROOM' }],
  ];
  return steps.slice(0, { nobody: 0, queued: 4, talking: 7, ended: 9 }[at]);
}

/** Writes out ids, and the strings that a frame has many times. */
function spelt(it: Wire): Wire {
  if (it === 'ROOM') return 'R1';
  if (it === 'AGENT') return IDS.agent;
  if (it === 'ADMIN') return IDS.admin;
  if (Array.isArray(it)) return it.map(spelt);
  if (typeof it !== 'object' || !it) return it;
  if (it.times) return it.times[0].repeat(it.times[1]);
  return Object.fromEntries(Object.entries(it).map(([key, value]) => [key, spelt(value)]));
}
