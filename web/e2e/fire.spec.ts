import type { BrowserContext, Page } from '@playwright/test';
import { seeded } from '../client/testing/clock';
import { ConsolePage } from './consolePage';
import { expect, test, uniqueName } from './fixtures';
import { Network } from './network';
import { ShopPage } from './shopPage';
import { Toxiproxy } from './toxiproxy';

test.use({ on: 'deployed' }); // toxiproxy needs the gateway's address

const MINUTES = Number(process.env.MINUTES ?? 1);
const SEED = Number(process.env.SEED ?? 1);
/** Longest recovery, ms: a dead connection is found within 30 s, a backoff takes up to 30 s. */
const CALM = 240_000;

interface Talker {
  page: Page;
  written: string[];
  say: (text: string) => Promise<void>;
}

test('on bad networks: no text lost or duplicated, the same order on both sides', async ({
  browser,
  stack,
  viewport,
}) => {
  test.setTimeout(MINUTES * 60_000 + CALM + 120_000);
  const random = seeded(SEED);
  const toxiproxy = await Toxiproxy.start();
  const contexts: BrowserContext[] = [];
  const connections = new Connections();
  const enter = async (name: string) => {
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce', locale: 'en' });
    contexts.push(context);
    await toxiproxy.connect(context, stack.ws, name);
    context.on('page', (page) => connections.watch(page));
    return context;
  };
  try {
    const agents = stack.agents.filter((it) => !('admin' in it && it.admin)).slice(0, 2);
    const pairs: { customer: ShopPage; consolePage: ConsolePage; talkers: [Talker, Talker] }[] = [];
    for (const [i, agent] of agents.entries()) {
      const name = uniqueName();
      const customer = await ShopPage.visit(
        await enter(`customer-${i}`),
        new Network(),
        `${stack.demo}?lang=en`,
      );
      const consolePage = await ConsolePage.enter(
        await enter(`agent-${i}`),
        new Network(),
        stack.console,
        agent,
      );
      await customer.start(name, `C${i}.0`);
      await consolePage.take(name);
      await customer.waitUntilTaken();
      const shopper = {
        page: customer.page,
        written: [`C${i}.0`],
        say: (text: string) => customer.say(text),
      };
      const agentHere = {
        page: consolePage.page,
        written: [] as string[],
        say: (text: string) => consolePage.say(text),
      };
      pairs.push({ customer, consolePage, talkers: [shopper, agentHere] });
    }
    for (const i of pairs.keys())
      for (const who of ['customer', 'agent']) toxiproxy.disturb(`${who}-${i}`, seeded(random() * 2 ** 32));
    const end = Date.now() + MINUTES * 60_000;
    await Promise.all(
      pairs.flatMap(({ customer, talkers: [shopper, agentHere] }, i) => [
        talk(shopper, `C${i}`, end, seeded(random() * 2 ** 32), async () => {
          await customer.page.reload();
          await customer.open();
        }),
        talk(agentHere, `A${i}`, end, seeded(random() * 2 ** 32)),
      ]),
    );
    await toxiproxy.calm();
    for (const { customer, consolePage, talkers } of pairs) {
      const written = talkers.flatMap((talker) => talker.written).sort();
      const shown = async ({ log }: ShopPage | ConsolePage) =>
        (await log.locator('.bubble').allTextContents()).map((it) => it.trim());
      // Every text is stored once; then both sides show the same order.
      for (const log of [customer, consolePage]) {
        await expect(log.log.locator('.sending, .retry, .failed')).toHaveCount(0, { timeout: CALM });
        await expect.poll(async () => (await shown(log)).sort(), { timeout: CALM }).toEqual(written);
      }
      const order = await shown(customer);
      expect(await shown(consolePage)).toEqual(order);
      for (const talker of talkers)
        expect(order.filter((it) => talker.written.includes(it))).toEqual(talker.written);
    }
    const texts = pairs.flatMap(({ talkers }) => talkers.flatMap(({ written }) => written)).length;
    process.stdout.write(`${table(texts, toxiproxy, connections)}\n`);
    for (const { customer } of pairs) await customer.leave();
  } finally {
    toxiproxy.end();
    await Promise.all(contexts.map((context) => context.close()));
  }
});

async function talk(
  { written, say }: Talker,
  name: string,
  end: number,
  random: () => number,
  reload?: () => Promise<void>,
): Promise<void> {
  for (let n = 1; Date.now() < end; n++) {
    await new Promise((done) => setTimeout(done, 700 + 1_800 * random()));
    if (random() < 0.04) await reload?.();
    const text = `${name}.${n}`;
    written.push(text);
    await say(text);
  }
}

/** The pages' connections, with the time from opening until the client has all texts. */
class Connections {
  dialled = 0;
  readonly caughtUp: number[] = [];

  watch(page: Page): void {
    page.on('websocket', (socket) => {
      this.dialled++;
      let opened: number | undefined;
      let caught = false;
      socket.on('framesent', () => {
        opened ??= Date.now();
      });
      socket.on('framereceived', ({ payload }) => {
        if (opened === undefined || caught) return;
        const frame = JSON.parse(payload.toString());
        if (!frame.re?.startsWith('join:')) return;
        const parts: { more?: boolean }[] = frame.type === 'desk' ? frame.rooms : frame.room ? [frame] : [];
        if (frame.type === 'error' || parts.some(({ more }) => more)) return;
        this.caughtUp.push(Date.now() - opened);
        caught = true;
      });
    });
  }
}

function table(texts: number, toxiproxy: Toxiproxy, { dialled, caughtUp }: Connections): string {
  const times = [...caughtUp].sort((a, b) => a - b);
  const rows: [string, string | number][] = [
    ['texts written, each stored once', texts],
    ...[...toxiproxy.made].sort().map(([name, count]): [string, number] => [`trouble: ${name}`, count]),
    ['connections dialled', dialled],
    ['connections that caught up', times.length],
    ['opening to caught up, p50, ms', times[Math.floor(times.length / 2)] ?? '–'],
    ['opening to caught up, p99, ms', times[Math.floor(times.length * 0.99)] ?? '–'],
  ];
  return rows.map(([name, value]) => `| ${name.padEnd(46)} | ${String(value).padStart(8)} |`).join('\n');
}
