import { Board, test } from './board';
import { until } from './crowd';
import { expect, inTime, somebody } from './fixtures';

/** The dashboard asks for the team so often, ms. */
const EVERY = 15_000;
const SOON = { timeout: 1_000 };

test('what the queue tells is there at once', async ({ desk, scripted }) => {
  const agent = await desk();
  await agent.view('stats');
  const board = new Board(agent);
  const waiting = agent.page.locator('.now div', { hasText: board.words.nowWaiting }).locator('dd');
  const before = Number(await waiting.textContent());
  const { session } = scripted('Mina Park');
  session.start();
  await expect(waiting).toHaveText(`${before + 1}`);
  await until(() => session.state.room?.status === 'waiting'); // so that the chat can be ended for the tests that follow
});

test('an admin sees who has how many open chats right now', async ({ dashboard, desk, scripted, stack }) => {
  const agent = await desk(0);
  const who = stack.agents.find((it) => !it.admin)?.username; // like their name
  const name = somebody();
  const { board } = await dashboard();
  const { page, words } = board;
  const active = page.locator('.now div', { hasText: words.nowActive }).locator('dd');
  const row = page.getByRole('list', { name: words.nowTeam }).getByRole('listitem').filter({ hasText: who });
  await page.clock.install();
  await board.open();
  await expect(row).toBeVisible();
  await expect(row.locator('em')).toHaveCount(0);
  const before = Number(await active.textContent());

  scripted(name).session.send('Hello');
  await agent.take(name);
  await agent.page.keyboard.press('Alt+KeyA');
  await inTime(page, EVERY, () => expect(active).toHaveText(`${before + 1}`, SOON));
  await inTime(page, EVERY, () => expect(row).toContainText(agent.words.away, SOON));
  await agent.page.keyboard.press('Alt+KeyA'); // the next test finds this agent online
  await inTime(page, EVERY, () => expect(row).not.toContainText(agent.words.away, SOON));
});

test('a chat whose agent has lost their line is still an active one', async ({
  dashboard,
  desk,
  scripted,
}) => {
  const agent = await desk(0);
  const name = somebody();
  const { board, ask } = await dashboard();
  const { page, words } = board;
  const active = page.locator('.now div', { hasText: words.nowActive }).locator('dd');
  scripted(name).session.send('Hello');
  await agent.take(name);
  await page.clock.install();
  await board.open();
  await expect(active).toHaveText(/^[1-9]/);
  agent.line.cut();
  const lost = page.getByRole('list', { name: words.nowTeam }).locator('li', { hasText: words.nowLost });
  await inTime(page, EVERY, () => expect(lost).toBeVisible(SOON));
  const { open } = await ask.of({ action: 'stats', by: 'now' });
  expect(open).toBeGreaterThan(0);
  await expect(active).toHaveText(`${open}`);
  agent.line.mend();
});
