import { createHmac } from 'node:crypto';
import type { RoomObject } from '../client/wire/protocol';
import { AgentConnection } from './agentConnection';
import { expect, test, uniqueName } from './fixtures';

/** Interval at which the console requests the queue, ms. */
const POLL = 30_000;

test('the connection drops while a text is being sent: same room, nothing lost or duplicated', async ({
  talk,
}) => {
  const { customer, agent } = await talk('First');

  customer.network.dropsIncoming = /./;
  await customer.say('Second');
  await expect(agent.text('Second')).toBeVisible(); // stored, but its ack is lost
  customer.network.cut();
  await customer.say('Third');
  await expect(customer.chat.getByText(/Reconnecting/)).toBeVisible();
  await agent.say('Are you there?');
  customer.network.restore();

  await expect(agent.text('Third')).toHaveCount(1, { timeout: 40_000 });
  await expect(customer.text('Are you there?')).toHaveCount(1);
  await expect(customer.log.locator('.sending, .retry, .failed')).toHaveCount(0);
  for (const log of [customer, agent])
    await expect(log.log.locator('.bubble')).toHaveText(['First', 'Second', 'Are you there?', 'Third']);
});

test('a text that was not sent survives a reload', async ({ talk }) => {
  const { customer, agent } = await talk('Before');
  customer.network.cut();
  await customer.say('Kept');
  await expect(customer.text('Kept')).toBeVisible();
  await customer.page.reload();
  await customer.open();
  await expect(customer.text('Kept')).toBeVisible();
  customer.network.restore();
  await expect(agent.text('Kept')).toHaveCount(1, { timeout: 40_000 });
  await expect(customer.log.locator('.bubble')).toHaveText(['Before', 'Kept']);
});

test('two tabs are one conversation', async ({ talk }) => {
  const { customer: one, agent } = await talk('From the first tab');
  const two = await one.tab();
  await two.open();
  await expect(two.text('From the first tab')).toBeVisible();
  await two.say('From the second');
  await expect(one.text('From the second')).toBeVisible();
  await agent.say('To both');
  await expect(one.text('To both')).toBeVisible();
  await expect(two.text('To both')).toBeVisible();
  await one.page.close();
  await two.say('The first is closed');
  await expect(agent.text('The first is closed')).toHaveCount(1);
  await expect(agent.log.locator('.bubble')).toHaveCount(4);
  await two.leave();
});

test('a second device takes over the chat, and the first takes it back', async ({ openShop, stack }) => {
  const name = uniqueName();
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    aud: 'rejoin',
    sub: name.replace(/ /g, '-'),
    exp: Math.floor(Date.now() / 1000) + 3600,
    name,
  };
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  const token = `${signed}.${createHmac('sha256', stack.siteSecret).update(signed).digest('base64url')}`;
  const known = async () => {
    const it = await openShop();
    // The token in the page, as the shop's server writes it.
    await it.page.addInitScript((jwt) => {
      new MutationObserver(() => {
        for (const script of document.querySelectorAll<HTMLScriptElement>('script[src*=rejoin]'))
          script.dataset.token = jwt;
      }).observe(document, { childList: true, subtree: true });
    }, token);
    await it.page.reload();
    return it;
  };
  const phone = await known();
  await phone.start(undefined, 'From my phone');
  await expect(phone.waiting).toBeVisible();
  const laptop = await known();
  await laptop.open();
  await expect(laptop.text('From my phone')).toBeVisible();
  await phone.chat.getByRole('button', { name: 'Use it here' }).click();
  await expect(laptop.chat.getByRole('button', { name: 'Use it here' })).toBeVisible();
  await phone.say('Back on my phone');
  await expect(phone.log.locator('.sending, .retry')).toHaveCount(0);
  await expect(phone.text('Back on my phone')).toBeVisible();
  await phone.leave();
  await laptop.page.close();
});

test('a customer who leaves the page while waiting keeps their position', async ({
  openShop,
  openConsole,
}) => {
  const agent = await openConsole();
  await agent.page.clock.install();
  await agent.page.reload();
  const names = [uniqueName('First'), uniqueName('Second')] as const;
  const first = await openShop();
  await first.start(names[0], 'I was here before');
  await expect(first.waiting).toBeVisible();
  const second = await openShop();
  await second.start(names[1], 'I came after');
  await expect(agent.waiting(names[1])).toBeVisible();
  const connection = await AgentConnection.beside(agent);
  const isPresent = async () => {
    const { rooms } = await connection.request({ action: 'queue' });
    return rooms.find((it: RoomObject) => it.customer.name === names[0])?.customer.online;
  };
  await first.page.close();
  await expect.poll(isPresent).toBe(false);
  // One poll and no more: a later heartbeat would bring the queue too.
  await agent.page.clock.fastForward(POLL);
  await expect(agent.waiting(names[0])).toHaveCount(0);
  await expect(agent.waiting(names[1])).toBeVisible();
  const place = () => agent.page.locator('.queue .card b').allTextContents();

  const again = await first.tab();
  await again.open();
  await expect(again.text('I was here before')).toBeVisible();
  await expect(again.waiting).toBeVisible();
  await expect.poll(isPresent).toBe(true);
  await agent.page.clock.fastForward(POLL);
  await expect(agent.waiting(names[0])).toBeVisible();
  expect((await place()).filter((it) => names.some((name) => it === name))).toEqual(names);
  connection.close();
  await again.leave();
});
