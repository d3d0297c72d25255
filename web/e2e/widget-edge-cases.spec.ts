import { expect, expectAccessible, test, uniqueName } from './fixtures';
import { tellHours } from './serving';

test('earlier chats are above a divider; older ones load while scrolling up, without a jump', async ({
  openShop,
}) => {
  const customer = await openShop();
  const chats = 3;
  const each = 15;
  for (let chat = 1; chat <= chats; chat++) {
    if (chat === 1) await customer.start(uniqueName(), `Chat ${chat}, text 1`);
    else {
      await customer.chat.getByRole('button', { name: customer.words.anew }).click();
      await customer.chat.getByLabel(customer.words.ask).fill(`Chat ${chat}, text 1`);
      await customer.startButton.click();
    }
    await expect(customer.waiting).toBeVisible();
    for (let text = 2; text <= each; text++) await customer.say(`Chat ${chat}, text ${text}`);
    await expect(customer.log.locator('.stored .bubble')).toHaveCount(each);
    if (chat < chats) await customer.end();
  }
  await customer.page.reload();
  await customer.open();
  await expect(customer.log.locator('.bubble')).toHaveCount(each);
  await expect(customer.waiting).toBeVisible(); // this notice takes room from the conversation
  const past = customer.chat.locator('ol').first().locator('.bubble');
  const scroller = customer.chat.locator('.scroller');
  const topText = () =>
    scroller.evaluate((box) => {
      const top = box.getBoundingClientRect().top;
      const first = [...box.querySelectorAll('.bubble')].find((it) => it.getBoundingClientRect().top >= top);
      return { text: first?.textContent, at: Math.round((first?.getBoundingClientRect().top ?? 0) - top) };
    });
  await expect(customer.text(`Chat ${chats}, text ${each}`)).toBeInViewport();
  let had = -1;
  while ((await past.count()) > had) {
    had = await past.count();
    const before = await scroller.evaluate((box) => {
      box.scrollTo(0, box.clientHeight - box.scrollHeight + 40);
      return box.scrollHeight;
    });
    const seen = await topText();
    if (had < (chats - 1) * each) {
      await expect.poll(() => scroller.evaluate((box) => box.scrollHeight)).toBeGreaterThan(before);
      expect(await topText()).toEqual(seen);
    }
  }
  await expect(past).toHaveCount((chats - 1) * each);
  await expect(past.first()).toHaveText('Chat 1, text 1');
  await expect(customer.chat.locator('.divider')).toBeVisible();
  await expectAccessible(customer.page);
});

test('a lost connection is shown after three seconds, a text that was not sent after ten', async ({
  talk,
}) => {
  const { customer, agent } = await talk('Hello');
  await customer.page.clock.install();
  customer.network.cut();
  await customer.say('Into the void');
  await customer.page.clock.runFor(2_000);
  await expect(customer.log.getByText(customer.words.sending)).toBeVisible();
  await expect(customer.chat.locator('.notice')).toBeHidden();
  await customer.page.clock.runFor(2_000);
  await expect(customer.chat.locator('.notice')).toHaveText(customer.words.lost);
  await expectAccessible(customer.page);
  await customer.page.clock.runFor(8_000);
  const retry = customer.log.getByRole('button', { name: customer.words.again });
  await expect(retry).toBeVisible();
  await expectAccessible(customer.page);
  customer.network.restore();
  await retry.click();
  await customer.page.clock.resume();
  await expect(agent.text('Into the void')).toHaveCount(1);
  await expect(customer.chat.locator('.notice')).toBeHidden();
});

test('a text written after the end can be sent in a new chat or discarded', async ({ talk }) => {
  const { name, customer, agent } = await talk('Hello');
  customer.network.dropsOutgoing = /"message"/;
  await customer.say('Too late');
  await customer.say('Much too late');
  await agent.page.getByRole('button', { name: agent.words.end, exact: true }).click();
  await agent.page.getByRole('button', { name: agent.words.endConfirmButton, exact: true }).click();
  await expect(customer.chat.getByRole('button', { name: customer.words.anew })).toBeVisible();
  customer.network.restore();
  await expect(customer.log.locator('.failed')).toHaveCount(2, { timeout: 30_000 });
  await expectAccessible(customer.page);
  await customer.log.getByRole('button', { name: customer.words.discard }).first().click();
  await customer.log.getByRole('button', { name: customer.words.again }).click();
  await expect(customer.waiting).toBeVisible();
  await agent.take(name);
  await expect(agent.log.locator('.bubble')).toHaveText(['Much too late']);
});

test('a chat that cannot connect at first says so, and connects on retry', async ({ openShop }) => {
  const customer = await openShop();
  customer.network.cut();
  await customer.open();
  await expect(customer.chat.getByText(customer.words.refused)).toBeVisible();
  await expectAccessible(customer.page);
  customer.network.restore();
  await customer.chat.getByRole('button', { name: customer.words.again }).click();
  await expect(customer.chat.getByLabel(customer.words.ask)).toBeVisible();
  await expect(customer.chat.getByText(customer.words.refused)).toBeHidden();
});

test('the expected wait is shown where it is known', async ({ openShop }) => {
  const customer = await openShop();
  tellHours(customer.network, { state: 'open' }, (text) =>
    text.replace('"position":', '"wait":170000,"position":'),
  );
  await customer.start(uniqueName(), 'Hello');
  await expect(customer.chat.locator('.queue-position')).toHaveText("You're next, about 3 min");
  await customer.leave();
});

test('a text that is too long is sent as several messages', async ({ talk }) => {
  const { customer, agent } = await talk('가'.repeat(4001));
  await expect(agent.log.locator('.bubble')).toHaveText(['가'.repeat(4000), '가']);
  await customer.say('שלום 👋🏽 https://example.com/%D7%A9 me@example.com');
  await expect(agent.text('👋🏽')).toBeVisible();
  await expect(customer.text('👋🏽').getByRole('link').last()).toHaveAttribute(
    'href',
    'mailto:me@example.com',
  );
  await expect(customer.text('👋🏽')).toHaveCSS('direction', 'rtl');
});

test('at 200 % zoom, in forced colours, with an on-screen keyboard', async ({ talk }) => {
  const { customer, agent } = await talk('Can you read me?', {
    viewport: { width: 640, height: 400 },
    forcedColors: 'active',
  });
  await agent.say('I can.');
  await expect(customer.text('I can.')).toBeInViewport();
  await expect(customer.field).toBeInViewport();
  await expectAccessible(customer.page);
  await customer.page.evaluate(() => {
    Object.defineProperty(visualViewport, 'height', { value: 220 });
    visualViewport?.dispatchEvent(new Event('resize'));
  });
  expect((await customer.chat.boundingBox())?.height).toBe(220);
  await expect(customer.field).toBeInViewport();
});
