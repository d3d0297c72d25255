import type { Locator } from '@playwright/test';
import { seeded } from '../client/testing/clock';
import { expect, test } from './fixtures';
import type { Network } from './network';

/** The numbers in docs/widget.md, for Chromium; other browsers run fewer. */
const SIZES: Record<string, { texts: number; cuts: number }> = { chromium: { texts: 300, cuts: 100 } };
const FEW = { texts: 60, cuts: 20 };
const SEED = 20261126;

test('connection cuts while both sides write lose and duplicate no text', async ({ browserName, talk }) => {
  test.setTimeout(600_000);
  const { texts: many, cuts } = SIZES[browserName] ?? FEW;
  const { customer, agent } = await talk('Hello');

  const random = seeded(SEED);
  const asked = texts('Question', many);
  const answered = texts('Answer', many);
  const speaking = [
    speak(customer.field, asked, 150),
    speak(agent.field, answered, 150),
    cut(customer.network, random, cuts),
  ];
  await Promise.all(speaking);
  for (const side of [customer, agent]) {
    // How long a backlog takes to send is no verdict: only the test's own limit ends this.
    await expect(side.log.locator('.bubble')).toHaveCount(1 + 2 * many, { timeout: 0 });
    await expect(side.log.locator('.sending, .retry, .failed')).toHaveCount(0, { timeout: 0 });
  }
  const [here, there] = await Promise.all(
    [customer, agent].map((side) => side.log.locator('.bubble').allTextContents()),
  );
  expect(here).toEqual(there);
  expect(here?.filter((text) => text.startsWith('Question'))).toEqual(asked);
  expect(here?.filter((text) => text.startsWith('Answer'))).toEqual(answered);
});

const texts = (word: string, length: number) => Array.from({ length }, (_, i) => `${word} ${i + 1}`);

/** Types texts one after the other, each once the field is empty again. */
async function speak(field: Locator, texts: string[], every: number): Promise<void> {
  await field.evaluate(
    async (area: HTMLTextAreaElement, { texts, every }) => {
      const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
      for (const text of texts) {
        area.value = text;
        area.dispatchEvent(new InputEvent('input', { bubbles: true }));
        await pause(every);
        area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
        while (area.value) await pause(5);
      }
    },
    { texts, every },
  );
}

/** Cuts the connection; in two of three cases frames of one direction are lost before. */
async function cut(network: Network, random: () => number, cuts: number): Promise<void> {
  const pause = (most: number) => new Promise((done) => setTimeout(done, most * random()));
  for (let i = 0; i < cuts; i++) {
    await network.connected(); // each cut ends an open connection
    await pause(300);
    const kind = Math.floor(random() * 3);
    if (kind === 1) network.dropsIncoming = /./;
    if (kind === 2) network.dropsOutgoing = /./;
    if (kind) await pause(150);
    network.cut();
    await pause(100);
    network.restore();
  }
}
