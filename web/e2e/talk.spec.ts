import { expect, test, uniqueName } from './fixtures';

test('a customer and an agent talk, and the chat ends', async ({ openShop, openConsole }) => {
  const name = uniqueName();
  const customer = await openShop();
  const agent = await openConsole();
  await customer.start(name, 'Does the mug go into the oven?');
  await expect(customer.waiting).toBeVisible();
  await expect(agent.page.locator('.card', { hasText: name })).toContainText(
    'Does the mug go into the oven?',
  );

  await agent.take(name);
  await expect(agent.text('Does the mug go into the oven?')).toBeVisible();
  await customer.waitUntilTaken();

  await agent.field.pressSequentially('It');
  await expect(customer.chat.getByText('is typing')).toBeVisible();
  await agent.say('It does, up to 200 °C: https://example.com/care.');
  await expect(customer.text('It does')).toBeVisible();
  await expect(customer.text('It does').getByRole('link')).toHaveAttribute(
    'href',
    'https://example.com/care',
  );
  await customer.page.bringToFront(); // a text is read only in a visible page
  await expect(agent.log.getByText('Read', { exact: false })).toBeVisible();

  await customer.say('<b>Thank you</b>\n고마워요');
  await expect(agent.text('<b>Thank you</b>')).toBeVisible();

  await agent.page.getByRole('button', { name: agent.words.end, exact: true }).click();
  await agent.page.getByRole('button', { name: agent.words.endConfirmButton, exact: true }).click();
  await expect(customer.chat.getByRole('button', { name: customer.words.anew, exact: true })).toBeVisible();
  await expect(agent.chat(name)).toBeHidden();

  await customer.chat.getByRole('button', { name: customer.words.anew, exact: true }).click();
  await customer.chat.getByLabel(customer.words.ask).fill('One more thing');
  await customer.startButton.click();
  await agent.take(name);
  await expect(agent.page.locator('.past')).toContainText('Does the mug go into the oven?');
  await expect(agent.text('One more thing')).toBeVisible();
});

test('two agents take one room: one gets it, the other sees a notice', async ({ openShop, openConsole }) => {
  const name = uniqueName();
  const customer = await openShop();
  const first = await openConsole(0);
  const second = await openConsole(1);
  await customer.start(name, 'Who is there?');
  await expect(second.waiting(name)).toBeVisible();
  // The second agent's console still shows the customer as waiting.
  second.network.dropsIncoming = /"type":"queue"/;
  await first.take(name);
  await second.waiting(name).click();
  await expect(second.toast).toContainText(second.words.error_taken);
  await expect(second.field).toBeHidden();
  await expect(second.waiting(name)).toBeHidden();
  await expect(first.field).toBeVisible();
});

test('a room is released to the queue, and transferred to a colleague', async ({ openShop, openConsole }) => {
  const name = uniqueName();
  const customer = await openShop();
  const first = await openConsole(0);
  const second = await openConsole(1);
  await customer.start(name, 'Hello?');
  await first.take(name);
  await first.page.getByRole('button', { name: first.words.release, exact: true }).click();
  await expect(customer.waiting).toBeVisible();
  await expect(first.chat(name)).toBeHidden();
  await second.take(name);
  await second.page.getByRole('button', { name: second.words.transfer, exact: true }).click();
  await second.page
    .getByRole('dialog')
    .getByRole('button', { name: await first.name() })
    .click();
  await expect(first.chat(name)).toBeVisible();
  await first.chat(name).click();
  await first.say('I am back');
  await expect(customer.text('I am back')).toBeVisible();
});
