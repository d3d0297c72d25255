import { test as base, expect, uniqueName } from '../fixtures';
import { Network } from '../network';
import { waitUntil } from '../scriptedCustomer';
import { ENTER, WebKit } from './driver';

const BUTTON = { css: 'rejoin-chat .launcher, .launcher' };
const FIELD = { css: '.composer textarea' };
const CUTS = 20;
const TEXTS = 60;

/** A WebKit, and a customer in it with a proxy to the gateway. */
const test = base.extend<{ webkit: WebKit; customer: { name: string; network: Network } }>({
  // biome-ignore lint/correctness/noEmptyPattern: how Playwright names what a fixture needs
  webkit: async ({}, use, info) => {
    const webkit = await WebKit.start();
    await use(webkit);
    if (info.errors.length)
      await info.attach('webkit', { body: await webkit.screenshot(), contentType: 'image/png' });
    await webkit.end();
  },
  /** The customer has written `First`; all frames go through the proxy. */
  customer: async ({ webkit, stack }, use) => {
    const network = new Network();
    const ws = await network.start(stack.ws);
    const name = uniqueName();
    await webkit.visit(`${stack.demo}?lang=en`);
    await webkit.find(BUTTON);
    await webkit.run((ws) => {
      const script = document.querySelector<HTMLElement>('script[src*="rejoin"]');
      if (script) script.dataset.ws = ws;
    }, ws);
    await webkit.click(BUTTON);
    await webkit.type({ css: 'input[name=name]' }, name);
    await webkit.type({ css: '.form textarea' }, 'First');
    await webkit.click({ css: '.form .primary' });
    await webkit.find({ css: '.customer.stored' });
    await use({ name, network });
    network.end();
  },
});

const bubbles = (webkit: WebKit) => webkit.texts('[role=log] .bubble');

test('a customer asks, is answered, and writes more than a line', async ({
  webkit,
  customer,
  openConsole,
}) => {
  const agent = await openConsole();
  await agent.take(customer.name);
  await webkit.find({ css: '.header > b' });
  await agent.say('Hello, how can I help?');
  await webkit.find({ css: '.bubble', text: 'Hello, how can I help?' });

  const height = async () => (await webkit.run(sizeOf, FIELD.css)).height;
  const one = await height();
  await webkit.type(FIELD, `My teapot\narrived\nbroken`);
  await expect.poll(height).toBeGreaterThan(one * 1.5);
  await webkit.type(FIELD, ENTER);
  await expect(agent.text('My teapot')).toHaveText('My teapot\narrived\nbroken');
  await expect.poll(height).toBe(one);
});

test('a new message does not scroll the conversation that is read further up', async ({
  webkit,
  customer,
  openConsole,
}) => {
  const agent = await openConsole();
  await agent.take(customer.name);
  for (let n = 1; n <= 25; n++) await agent.say(`Line ${n}`);
  await webkit.find({ css: '.bubble', text: 'Line 25' });
  await webkit.run(() => {
    const root = document.querySelector('rejoin-chat')?.shadowRoot;
    root?.querySelector('.scroller')?.scrollTo(0, -600);
  });
  const top = () => webkit.run(placeOf, 'Line 8');
  const before = await top();
  await agent.say('One more');
  await webkit.find({ css: '.bubble', text: 'One more' });
  expect(await top()).toBe(before);
});

test('the connection drops while a text is being sent: nothing lost or duplicated', async ({
  webkit,
  customer,
  openConsole,
}) => {
  const agent = await openConsole();
  await agent.take(customer.name);
  await webkit.type(FIELD, `Second${ENTER}`);
  await expect(agent.text('Second')).toBeVisible();
  customer.network.cut();
  await webkit.type(FIELD, `Third${ENTER}`);
  await webkit.find({ css: '.notice', text: 'Reconnecting' });
  await agent.say('Are you there?');
  customer.network.restore();
  await expect(agent.text('Third')).toHaveCount(1, { timeout: 40_000 });
  await webkit.find({ css: '.bubble', text: 'Are you there?' });
  expect(await bubbles(webkit)).toEqual(['First', 'Second', 'Are you there?', 'Third']);
});

test(`${CUTS} connection cuts during ${TEXTS} texts lose and duplicate nothing`, async ({
  webkit,
  customer,
  openConsole,
}) => {
  test.setTimeout(180_000);
  const agent = await openConsole();
  await agent.take(customer.name);
  const texts = Array.from({ length: TEXTS }, (_, i) => `Question ${i + 1}`);
  for (const [i, text] of texts.entries()) {
    if (i % (TEXTS / CUTS) === 1) customer.network.cut();
    await webkit.type(FIELD, `${text}${ENTER}`);
    customer.network.restore();
  }
  await expect(agent.log.locator('.bubble')).toHaveText(['First', ...texts], { timeout: 120_000 });
  expect(await bubbles(webkit)).toEqual(['First', ...texts]);
});

test('an open chat is restored after a reload', async ({ webkit, customer, openConsole }) => {
  const agent = await openConsole();
  await agent.take(customer.name);
  await webkit.find({ css: '.header > b' });
  await webkit.reload();
  await agent.say('Still there?');
  const shown = await webkit.run(
    () => document.querySelector('rejoin-chat')?.shadowRoot?.querySelector('dialog')?.open,
  );
  if (!shown) await webkit.click(BUTTON);
  await webkit.find({ css: '.bubble', text: 'Still there?' });
  expect(await bubbles(webkit)).toEqual(['First', 'Still there?']);
});

test('an agent logs in, takes a chat, answers, and looks at every view', async ({
  webkit,
  stack,
  scriptedCustomer,
}) => {
  const name = uniqueName();
  const person = scriptedCustomer(name);
  person.session.send('Is the teapot dishwasher safe?');
  await waitUntil(() => person.settled && person.session.state.room?.status === 'waiting');
  const who = stack.agents.find(({ admin }) => !admin);
  await webkit.visit(`${stack.console}?lang=en`);
  await webkit.click({ css: 'button' });
  await webkit.type({ css: 'input[name=username]' }, who?.username ?? '');
  await webkit.type({ css: 'input[name=password]' }, who?.password ?? '');
  await webkit.click({ css: '[type=submit]' });

  await webkit.find({ css: '.queue .card', text: name });
  await webkit.click({ css: `.queue .card button[aria-label*="${name}"]` });
  await webkit.find({ css: '.bubble', text: 'Is the teapot dishwasher safe?' });
  await webkit.type(FIELD, `It is,\non the upper rack.${ENTER}`);
  await expect.poll(() => person.texts).toContain('It is,\non the upper rack.');
  person.session.send('Thank you!');
  await webkit.find({ css: '.bubble', text: 'Thank you!' });

  for (const view of ['past', 'canned', 'stats', 'chats']) {
    await webkit.click({ css: `nav a[href^="#/${view}"]` });
    await webkit.find({ css: `nav a[href^="#/${view}"][aria-current]` });
    await webkit.find({ css: view === 'chats' ? '.chats .card' : 'main h1' });
  }
  await webkit.reload();
  await webkit.find({ css: '.chats .card', text: name });
});

/** In the page, or in the chat's shadow root. */
function sizeOf(css: string): { height: number } {
  const root = document.querySelector('rejoin-chat')?.shadowRoot ?? document;
  return { height: root.querySelector(css)?.getBoundingClientRect().height ?? 0 };
}

/** In the page: a text's distance from the top of the window, px. */
function placeOf(text: string): number | undefined {
  const root = document.querySelector('rejoin-chat')?.shadowRoot;
  return [...(root?.querySelectorAll('.bubble') ?? [])]
    .find((it) => it.textContent === text)
    ?.getBoundingClientRect().top;
}
