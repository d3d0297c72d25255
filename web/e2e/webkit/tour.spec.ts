import { until } from '../crowd';
import { test as base, expect, somebody } from '../fixtures';
import { Line } from '../line';
import { ENTER, WebKit } from './driver';

const BUTTON = { css: 'rejoin-chat .launcher, .launcher' };
const FIELD = { css: '.composer textarea' };
const CUTS = 20;
const TEXTS = 60;

/** A customer's or an agent's WebKit, and the network between its chat and the gateway. */
const test = base.extend<{ webkit: WebKit; customer: { name: string; line: Line } }>({
  // biome-ignore lint/correctness/noEmptyPattern: how Playwright names what a fixture needs
  webkit: async ({}, use, info) => {
    const webkit = await WebKit.start();
    await use(webkit);
    if (info.errors.length)
      await info.attach('webkit', { body: await webkit.screenshot(), contentType: 'image/png' });
    await webkit.end();
  },
  /** Has asked `First`; its texts and the agent's go through the line. */
  customer: async ({ webkit, stack }, use) => {
    const line = new Line();
    const ws = await line.lead(stack.ws);
    const name = somebody();
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
    await webkit.find({ css: '.queue-position' });
    await use({ name, line });
    line.end();
  },
});

const bubbles = (webkit: WebKit) => webkit.texts('[role=log] .bubble');

test('a customer asks, is answered, and writes more than a line', async ({ webkit, customer, desk }) => {
  const agent = await desk();
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

test('who reads further up stays there when a text comes', async ({ webkit, customer, desk }) => {
  const agent = await desk();
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

test('the line drops while a text is under way: nothing lost or doubled', async ({
  webkit,
  customer,
  desk,
}) => {
  const agent = await desk();
  await agent.take(customer.name);
  await webkit.type(FIELD, `Second${ENTER}`);
  await expect(agent.text('Second')).toBeVisible();
  customer.line.cut();
  await webkit.type(FIELD, `Third${ENTER}`);
  await webkit.find({ css: '.notice', text: 'Reconnecting' });
  await agent.say('Are you there?');
  customer.line.mend();
  await expect(agent.text('Third')).toHaveCount(1, { timeout: 40_000 });
  await webkit.find({ css: '.bubble', text: 'Are you there?' });
  expect(await bubbles(webkit)).toEqual(['First', 'Second', 'Are you there?', 'Third']);
});

test(`${CUTS} cuts of the line during ${TEXTS} texts lose and double nothing`, async ({
  webkit,
  customer,
  desk,
}) => {
  test.setTimeout(180_000);
  const agent = await desk();
  await agent.take(customer.name);
  const texts = Array.from({ length: TEXTS }, (_, i) => `Question ${i + 1}`);
  for (const [i, text] of texts.entries()) {
    if (i % (TEXTS / CUTS) === 1) customer.line.cut();
    await webkit.type(FIELD, `${text}${ENTER}`);
    customer.line.mend();
  }
  await expect(agent.log.locator('.bubble')).toHaveText(['First', ...texts], { timeout: 120_000 });
  expect(await bubbles(webkit)).toEqual(['First', ...texts]);
});

test('a chat that goes on is there again after a reload', async ({ webkit, customer, desk }) => {
  const agent = await desk();
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
  scripted,
}) => {
  const name = somebody();
  const person = scripted(name);
  person.session.send('Is the teapot dishwasher safe?');
  await until(() => person.settled && person.session.state.room?.status === 'waiting');
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

/** In the page, of what is seen in a shadow root or outside of any. */
function sizeOf(css: string): { height: number } {
  const root = document.querySelector('rejoin-chat')?.shadowRoot ?? document;
  return { height: root.querySelector(css)?.getBoundingClientRect().height ?? 0 };
}

/** In the page: how far from the top of the window a text stands. */
function placeOf(text: string): number | undefined {
  const root = document.querySelector('rejoin-chat')?.shadowRoot;
  return [...(root?.querySelectorAll('.bubble') ?? [])]
    .find((it) => it.textContent === text)
    ?.getBoundingClientRect().top;
}
