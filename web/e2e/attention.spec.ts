import { expect, test, uniqueName } from './fixtures';

test('a double click opens one chat, and starts one', async ({ openShop, openConsole }) => {
  const name = uniqueName();
  const customer = await openShop();
  const agent = await openConsole();
  await customer.button.dblclick();
  await expect(customer.chat).toBeVisible();
  await customer.chat.getByLabel(customer.words.name).fill(name);
  await customer.chat.getByLabel(customer.words.ask).fill('Once, please');
  await customer.startButton.dblclick({ noWaitAfter: true, timeout: 5_000 });
  await expect(customer.waiting).toBeVisible();
  await expect(agent.page.locator('.card', { hasText: name })).toHaveCount(1);
  await agent.take(name);
  await expect(agent.log.locator('.bubble')).toHaveText(['Once, please']);
});

test('unread texts: on the button, in the title, and one sound for all tabs, which can be muted', async ({
  openShop,
  openConsole,
}) => {
  const name = uniqueName();
  const one = await openShop();
  await one.context.addInitScript(() => {
    Object.assign(window, { sounds: 0 });
    AudioContext.prototype.close = async () => {};
    OscillatorNode.prototype.start = () => {
      (window as unknown as { sounds: number }).sounds++;
    };
  });
  await one.page.reload();
  const agent = await openConsole();
  await one.start(name, 'Hello');
  await agent.take(name);
  const two = await one.tab();
  await two.open();
  await expect(two.text('Hello')).toBeVisible();
  for (const tab of [one, two]) await tab.minimise();
  const sounds = async () => {
    const heard = await Promise.all(
      [one, two].map(({ page }) => page.evaluate(() => (window as unknown as { sounds: number }).sounds)),
    );
    return heard.reduce((sum, it) => sum + it);
  };
  await agent.say('First');
  await expect.poll(sounds).toBe(1);
  for (const tab of [one, two]) {
    await expect(tab.button).toHaveAccessibleName('Chat. New messages: 1');
    await expect(tab.page).toHaveTitle(/^\(1\) /);
  }
  await two.open();
  await expect(one.page).not.toHaveTitle(/^\(/);
  await two.chat.getByRole('button', { name: two.words.sound, pressed: true }).click();
  await two.minimise();
  await agent.say('Second');
  await expect(one.page).toHaveTitle(/^\(1\) /);
  await agent.say('Third');
  await expect(one.page).toHaveTitle(/^\(2\) /);
  expect(await sounds()).toBe(1);
  await one.leave();
});

test("logging in at the shop changes the customer, and neither sees the other's chat", async ({ talk }) => {
  const { customer } = await talk('Only for visitors');
  await customer.field.fill('A draft of the visitor');
  await customer.page.locator('.account select').selectOption('Mina Park');
  await expect(customer.text('Only for visitors')).toHaveCount(0);
  await expect(customer.chat).toBeVisible();
  const ask = customer.chat.getByLabel(customer.words.ask);
  await expect(
    ask
      .or(customer.field)
      .or(customer.chat.getByRole('button', { name: customer.words.anew }))
      .first(),
  ).toBeVisible();
  await expect(customer.chat.getByText('visitor')).toHaveCount(0);
  await expect(customer.field).toHaveValue('');
  await customer.page.locator('.account select').selectOption({ index: 0 });
  await expect(customer.text('Only for visitors')).toBeVisible();
  await expect(customer.field).toHaveValue('A draft of the visitor');
});

test('a page change within the shop keeps the chat', async ({ talk }) => {
  const { customer, agent } = await talk('Hello');
  await customer.page.locator('[data-page]').first().click();
  await expect(customer.page).toHaveTitle(/On the shelf/);
  await customer.say('Still here');
  await expect(agent.text('Still here')).toBeVisible();
  await customer.field.fill('Half a thought');
  await customer.minimise();
  await customer.page.reload();
  // Messages are counted before the chat is opened.
  await agent.say('And now?');
  await expect(customer.button).toHaveAccessibleName('Chat. New messages: 1');
  await customer.open();
  await expect(customer.log.locator('.bubble')).toHaveText(['Hello', 'Still here', 'And now?']);
  await expect(customer.field).toHaveValue('Half a thought');
});
