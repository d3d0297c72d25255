import { expect, expectAccessible, test, uniqueName } from './fixtures';
import { waitUntil } from './scriptedCustomer';

test.use({ on: 'deployed' }); // the unit tests' server keeps no profiles and blocks nobody

test('an agent blocks a customer, an admin unblocks them', async ({ openConsole, scriptedCustomer }) => {
  const agent = await openConsole();
  const name = uniqueName('Rude');
  const { session } = scriptedCustomer(name);
  session.send('Hello');
  await agent.take(name);
  const card = agent.page.locator('.customer');
  await card.getByRole('button', { name: agent.words.block }).click();
  await expectAccessible(agent.page);
  await agent.page.getByRole('button', { name: agent.words.blockConfirmButton, exact: true }).click();
  await expect(card).toContainText(agent.words.blocked ?? '');
  await expect(card.getByRole('button', { name: agent.words.unblock })).toHaveCount(0);
  await waitUntil(() => session.state.room?.status === 'ended');

  session.start();
  await waitUntil(() => session.state.line !== 'open');
  expect(session.state.room?.status).toBe('ended');

  const admin = await openConsole('admin', { lang: 'ko' });
  await admin.view('past');
  const chat = admin.page.locator('tbody tr', { hasText: name }).getByRole('link');
  // An ended chat may be listed with a short delay.
  await expect(async () => {
    await admin.page.reload();
    await expect(chat).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await chat.click();
  const admit = admin.page.getByRole('button', { name: admin.words.unblock });
  await admit.click();
  await expect(admin.page.getByText(admin.words.unblocked ?? '')).toBeVisible();
  await expect(admit).toHaveCount(0);
  await admin.page.reload();
  await expect(admin.page.locator('.transcript .bubble')).not.toHaveCount(0);
  await expect(admit).toHaveCount(0); // the customer is not blocked any more
  await expectAccessible(admin.page);
  session.open(); // reconnects now, without the backoff
  await waitUntil(() => session.state.room?.status === 'waiting');
});

test("the customer card shows the customer's data", async ({ openConsole, scriptedCustomer }) => {
  const agent = await openConsole();
  const name = uniqueName();
  const person = scriptedCustomer(name);
  const card = agent.page.locator('.customer');
  for (const chats of [agent.words.firstChat, '1']) {
    person.session.start({ email: 'mina@example.com', topic: 'Delivery' });
    await agent.take(name);
    await expect(card.getByRole('link', { name: 'mina@example.com' })).toBeVisible();
    await expect(card.getByRole('link', { name: 'Stoneware teapot' })).toHaveAttribute('href', /^http/);
    for (const fact of [name, agent.words.loggedInCustomer, 'Delivery', 'English'])
      await expect(card).toContainText(fact);
    await expect(card.locator('dd').nth(4)).toHaveText(chats);
    await agent.page.keyboard.press('Alt+KeyX');
    await agent.page.getByRole('button', { name: agent.words.endConfirmButton, exact: true }).click();
    await waitUntil(() => person.session.state.room?.status === 'ended');
  }
});
