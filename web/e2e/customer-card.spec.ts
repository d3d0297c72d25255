import { until } from './crowd';
import { accessible, expect, somebody, test } from './fixtures';

test.use({ on: 'deployed' }); // the unit tests' server keeps no profiles and blocks nobody

test('an agent blocks a customer, an admin lets them in again', async ({ desk, scripted }) => {
  const agent = await desk();
  const name = somebody('Rude');
  const { session } = scripted(name);
  session.send('Hello');
  await agent.take(name);
  const card = agent.page.locator('.customer');
  await card.getByRole('button', { name: agent.words.block }).click();
  await accessible(agent.page);
  await agent.page.getByRole('button', { name: agent.words.blockConfirmButton, exact: true }).click();
  await expect(card).toContainText(agent.words.blocked ?? '');
  await expect(card.getByRole('button', { name: agent.words.unblock })).toHaveCount(0);
  await until(() => session.state.room?.status === 'ended');

  session.start();
  await until(() => session.state.line !== 'open');
  expect(session.state.room?.status).toBe('ended');

  const admin = await desk('admin', { lang: 'ko' });
  await admin.view('past');
  const chat = admin.page.locator('tbody tr', { hasText: name }).getByRole('link');
  // A chat may take a moment after its end to be listed.
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
  await expect(admit).toHaveCount(0); // of who is not blocked
  await accessible(admin.page);
  session.open(); // and need not wait for the next of ever rarer attempts
  await until(() => session.state.room?.status === 'waiting');
});

test('the card says whom one talks with', async ({ desk, scripted }) => {
  const agent = await desk();
  const name = somebody();
  const person = scripted(name);
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
    await until(() => person.session.state.room?.status === 'ended');
  }
});
