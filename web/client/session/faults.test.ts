import { expect, test } from 'vitest';
import type { Agent } from '../agent/agent';
import type { Customer } from '../customer/customer';
import { memoryStore } from '../line/storage';
import { agent, customer, KIM, LEE, textsIn } from '../testing/sessions';
import { World } from '../testing/world';

const HISTORIES = 300;
const BATCH = 50;

/**
 * One history: people chat, drop, reload, end, release and transfer while frames are lost, doubled and overtaken, and
 * invocations die at both their weak points. Then all is calm, and what Rejoin guarantees is checked.
 */
async function history(seed: number): Promise<void> {
  const world = new World(seed);
  const pick = <T>(things: readonly T[]): T => things[Math.floor(world.random() * things.length)] as T;
  const people = ['c_0', 'c_1'].map((who) => ({ who, store: memoryStore() }));
  const staff = [KIM, LEE].map((who) => ({ who, store: memoryStore() }));
  const customers = people.map(({ who, store }) => customer(world, store, who));
  const agents = staff.map(({ who, store }) => agent(world, who, store));
  const written = new Map<string, string[]>();
  const write = (who: string, send: (text: string) => void) => {
    const mine = written.get(who) ?? [];
    const text = `${who}.${mine.length}`;
    written.set(who, [...mine, text]);
    send(text);
  };
  for (const session of [...customers, ...agents]) session.open();
  await world.pass(1_000);
  world.faults = { delay: 400, loss: 0.06, twice: 0.08, death: 0.04, gateway: 0.03 };
  for (let act = 0; act < 60; act++) {
    const c = Math.floor(world.random() * 2);
    const a = Math.floor(world.random() * 2);
    const one = customers[c] as Customer;
    const other = agents[a] as Agent;
    const mine = Object.values(other.state.rooms).filter((room) => room.mine);
    const dice = world.random();
    if (dice < 0.35) write((people[c] as { who: string }).who, (text) => one.send(text));
    else if (dice < 0.6 && mine.length) {
      const { id } = pick(mine).room;
      write((staff[a] as { who: string }).who, (text) => other.send(id, text));
    } else if (dice < 0.75 && other.state.queue.length) other.take(pick(other.state.queue).id);
    else if (dice < 0.78 && mine.length) other.release(pick(mine).room.id);
    else if (dice < 0.81 && mine.length)
      other.transfer(pick(mine).room.id, (staff[1 - a] as { who: string }).who);
    else if (dice < 0.83) one.end();
    else if (dice < 0.85 && mine.length) other.end(pick(mine).room.id);
    else if (dice < 0.9) world.close(pick(world.connections));
    else if (dice < 0.93) pick(world.connections).dead = true;
    else if (dice < 0.96) {
      one.close();
      customers[c] = customer(world, people[c]?.store, people[c]?.who);
      customers[c]?.open();
    } else if (dice < 0.98) {
      other.close();
      agents[a] = agent(world, staff[a]?.who, staff[a]?.store);
      agents[a]?.open();
    }
    await world.pass(world.random() * 3_000);
  }
  world.calm();
  await world.pass(150_000);
  check(world, customers, agents, written);
}

function check(world: World, customers: Customer[], agents: Agent[], written: Map<string, string[]>): void {
  const failed = new Set([
    ...customers.flatMap(({ state }) =>
      state.items.filter((item) => item.state === 'failed').map(({ text }) => text),
    ),
    ...agents.flatMap(({ threads }) =>
      [...threads.values()].flatMap((thread) =>
        thread.out.texts.filter((own) => own.failed).map(({ text }) => text),
      ),
    ),
  ]);
  const stored = [...world.server.rooms.values()].flatMap((room) =>
    [...room.messages.values()]
      .sort((x, y) => x.seq - y.seq)
      .map((message) => ({ ...message, room: room.id })),
  );
  const counts = new Map<string, number>();
  for (const { text, from } of stored) if (from !== 'system') counts.set(text, (counts.get(text) ?? 0) + 1);
  for (const texts of written.values())
    for (const text of texts)
      expect([text, (counts.get(text) ?? 0) + (failed.has(text) ? 1 : 0)]).toEqual([text, 1]);

  // Each sender's texts keep their order in a room.
  for (const room of world.server.rooms.values())
    for (const [who, mine] of written) {
      const order = stored
        .filter((m) => m.room === room.id && m.text.startsWith(`${who}.`))
        .map(({ text }) => mine.indexOf(text));
      expect(order).toEqual([...order].sort((x, y) => x - y));
    }

  // Everyone ends up with the server's history.
  for (const { state } of customers) {
    expect(state.line).toBe('open');
    expect(state.items.filter(({ state: unsent }) => unsent && unsent !== 'failed')).toEqual([]);
    if (state.room) sees(world, state.room.id, state.items);
  }
  for (const { state } of agents) {
    expect(state.line).toBe('open');
    for (const { room, items, mine } of Object.values(state.rooms)) {
      const real = world.server.room(room.id);
      expect(mine).toBe(real.status === 'active' && real.seats.agent.who === state.me?.id);
      if (mine) sees(world, room.id, items);
    }
    const waiting = [...world.server.rooms.values()]
      .filter(({ status }) => status === 'waiting')
      .map(({ id }) => id);
    expect(state.queue.map(({ id }) => id)).toEqual(waiting);
  }
}

function sees(
  world: World,
  room: string,
  items: readonly { seq?: number; text: string; from: string }[],
): void {
  const real = [...world.server.room(room).messages.values()].sort((x, y) => x.seq - y.seq);
  const seen = items.filter(({ seq }) => seq !== undefined);
  expect(seen.map(({ seq }) => seq)).toEqual(real.map(({ seq }) => seq));
  expect(textsIn(seen)).toEqual(textsIn(real));
}

test.each(Array.from({ length: HISTORIES / BATCH }, (_, i) => i * BATCH))(
  'nothing lost, doubled or out of order: histories from %i',
  async (from) => {
    for (let seed = from; seed < from + BATCH; seed++)
      await history(seed).catch((error: Error) => {
        error.message = `history ${seed}: ${error.message}`;
        throw error;
      });
  },
  60_000,
);
