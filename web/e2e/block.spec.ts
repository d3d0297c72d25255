import { until } from './crowd';
import { accessible, expect, somebody, test } from './fixtures';

test('an agent blocks a customer, an admin lets them in again', async ({ desk, memory, scripted }) => {
  test.skip(!!memory, 'the server of the unit tests blocks nobody');
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
  await until(() => session.state.room?.status === 'waiting');
});
