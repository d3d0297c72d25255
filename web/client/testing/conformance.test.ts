import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { Replay, type Trace } from './replay';

const ROOT = resolve(import.meta.dirname, '../../..');
const SEEDS = Number(process.env.SEEDS ?? 1200);
const INPUTS = [
  ...['open', 'close', 'opened', 'frame', 'closed', 'timer', 'nudge', 'takeOver', 'start', 'send', 'retry'],
  ...['discard', 'end', 'take', 'release', 'transfer', 'status', 'seen', 'typing'],
];

/** What the simulation (internal/proof/sim) proves about its Go client holds for this one only if both do the same. */
test("the client does what the simulation's client does, after every recorded input", {
  timeout: 60_000 + SEEDS * 500,
}, async () => {
  const go = spawn('go', ['run', './internal/proof/sim', '-traces', '-seeds', `${SEEDS}`], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => go.on('close', done));
  const inputs = new Map<string, number>();
  const differences: string[] = [];
  let clients = 0;
  for await (const line of createInterface(go.stdout)) {
    const trace: Trace = JSON.parse(line);
    await new Replay(trace).run().catch((error) => differences.push(String(error)));
    clients++;
    for (const moment of trace.moments) inputs.set(moment.in[0], (inputs.get(moment.in[0]) ?? 0) + 1);
  }
  expect(await ended).toBe(0);
  expect(differences.length, differences.slice(0, 5).join('\n\n')).toBe(0);
  expect([...inputs.keys()].sort(), 'every kind of input occurred').toEqual(INPUTS.sort());
  const counts = INPUTS.map((name) => `${name} ${inputs.get(name)}`).join(', ');
  process.stdout.write(`${SEEDS} seeds, ${clients} clients did the same after every input: ${counts}\n`);
});
