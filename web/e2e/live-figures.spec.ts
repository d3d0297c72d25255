import { DashboardPage, test } from './dashboardPage';
import { afterPolls, expect, uniqueName } from './fixtures';
import { waitUntil } from './scriptedCustomer';

/** Interval at which the dashboard requests the team, ms. */
const EVERY = 15_000;
const SOON = { timeout: 1_000 };

test('the number of waiting customers is live', async ({ openConsole, scriptedCustomer }) => {
  const agent = await openConsole();
  await agent.view('stats');
  const dashboard = new DashboardPage(agent);
  const waiting = agent.page.locator('.now div', { hasText: dashboard.words.nowWaiting }).locator('dd');
  const before = Number(await waiting.textContent());
  const { session } = scriptedCustomer('Mina Park');
  session.start();
  await expect(waiting).toHaveText(`${before + 1}`);
  await waitUntil(() => session.state.room?.status === 'waiting'); // the chat exists, so that it is ended after the test
});

test("an admin sees each agent's open chats now", async ({
  openDashboard,
  openConsole,
  scriptedCustomer,
  stack,
}) => {
  const agent = await openConsole(0);
  const who = stack.agents.find((it) => !it.admin)?.username; // part of the name
  const name = uniqueName();
  const { dashboard } = await openDashboard();
  const { page, words } = dashboard;
  const active = page.locator('.now div', { hasText: words.nowActive }).locator('dd');
  const row = page.getByRole('list', { name: words.nowTeam }).getByRole('listitem').filter({ hasText: who });
  await page.clock.install();
  await dashboard.open();
  await expect(row).toBeVisible();
  await expect(row.locator('em')).toHaveCount(0);
  const before = Number(await active.textContent());

  scriptedCustomer(name).session.send('Hello');
  await agent.take(name);
  await agent.page.keyboard.press('Alt+KeyA');
  await afterPolls(page, EVERY, () => expect(active).toHaveText(`${before + 1}`, SOON));
  await afterPolls(page, EVERY, () => expect(row).toContainText(agent.words.away, SOON));
  await agent.page.keyboard.press('Alt+KeyA'); // the next test finds this agent online
  await afterPolls(page, EVERY, () => expect(row).not.toContainText(agent.words.away, SOON));
});

test('a chat whose agent is disconnected still counts as active', async ({
  openDashboard,
  openConsole,
  scriptedCustomer,
}) => {
  const agent = await openConsole(0);
  const name = uniqueName();
  const { dashboard, connection } = await openDashboard();
  const { page, words } = dashboard;
  const active = page.locator('.now div', { hasText: words.nowActive }).locator('dd');
  scriptedCustomer(name).session.send('Hello');
  await agent.take(name);
  await page.clock.install();
  await dashboard.open();
  await expect(active).toHaveText(/^[1-9]/);
  agent.network.cut();
  const lost = page.getByRole('list', { name: words.nowTeam }).locator('li', { hasText: words.nowLost });
  await afterPolls(page, EVERY, () => expect(lost).toBeVisible(SOON));
  const { open } = await connection.request({ action: 'stats', by: 'now' });
  expect(open).toBeGreaterThan(0);
  await expect(active).toHaveText(`${open}`);
  agent.network.restore();
});
