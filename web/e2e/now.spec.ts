import { Board, boss } from './board';
import { until } from './crowd';
import { expect, somebody, test } from './fixtures';

test.describe.configure({ timeout: 180_000 });
test.skip(({ memory }) => !!memory, 'a stack in memory counts nothing');

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

test('an admin sees who has how many open chats right now', async ({ desk, scripted, stack }) => {
  const agent = await desk(0);
  const who = stack.agents.find((it) => !it.admin)?.username; // like their name
  const name = somebody();
  const { board, ask } = await boss(desk, {});
  const { page, words } = board;
  const active = page.locator('.now div', { hasText: words.nowActive }).locator('dd');
  const row = page.getByRole('list', { name: words.nowTeam }).getByRole('listitem').filter({ hasText: who });
  await board.open();
  await expect(row).toBeVisible();
  await expect(row.locator('em')).toHaveCount(0);
  const before = Number(await active.textContent());

  scripted(name).session.send('Hello');
  await agent.take(name);
  await agent.page.keyboard.press('Alt+KeyA');
  await expect(active).toHaveText(`${before + 1}`, { timeout: 30_000 }); // it asks every 15 seconds
  await expect(row).toContainText(agent.words.away, { timeout: 30_000 });
  await agent.page.keyboard.press('Alt+KeyA'); // so that who follows finds them online
  await expect(row).not.toContainText(agent.words.away, { timeout: 30_000 });
  ask.close();
});

test('a chat whose agent has lost their line is still an active one', async ({ desk, scripted }) => {
  const agent = await desk(0);
  const name = somebody();
  const { board, ask } = await boss(desk, {});
  const { page, words } = board;
  const active = page.locator('.now div', { hasText: words.nowActive }).locator('dd');
  scripted(name).session.send('Hello');
  await agent.take(name);
  await board.open();
  await expect(active).toHaveText(/^[1-9]/);
  agent.line.cut();
  const lost = page.getByRole('list', { name: words.nowTeam }).locator('li', { hasText: words.nowLost });
  await expect(lost).toBeVisible({ timeout: 40_000 }); // it asks every 15 seconds
  // Chats of other tests may come to their end meanwhile; this one does not.
  await expect(async () => {
    const { open } = await ask.of({ action: 'stats', by: 'now' });
    expect(open).toBeGreaterThan(0);
    await expect(active).toHaveText(`${open}`);
  }).toPass({ timeout: 60_000 });
  agent.line.mend();
  ask.close();
});
