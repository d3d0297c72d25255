import { readFileSync } from 'node:fs';
import type { ConsolePage } from './consolePage';
import { expect, test, uniqueName } from './fixtures';
import { type ScriptedCustomer, waitUntil } from './scriptedCustomer';

/** A chat from its question to its end. */
async function chat(agent: ConsolePage, person: ScriptedCustomer, question: string, answer: string) {
  person.session.send(question);
  await agent.take(person.name);
  await agent.room(person.name).locator('textarea').fill(answer);
  await agent.room(person.name).locator('textarea').press('Enter');
  await waitUntil(() => person.texts.includes(answer));
  await agent.page.keyboard.press('Alt+KeyX');
  await agent.page.getByRole('button', { name: agent.words.endConfirmButton, exact: true }).click();
  await waitUntil(() => person.session.state.room?.status === 'ended');
}

test('ended chats are found by words, opened, and exported', async ({ openConsole, scriptedCustomer }) => {
  const agent = await openConsole();
  const { page, words } = agent;
  const mark = uniqueName('mark').replace(' ', '');
  const people = [uniqueName('Ada'), uniqueName('Bo')].map((name) => scriptedCustomer(name)) as [
    ScriptedCustomer,
    ScriptedCustomer,
  ];
  await chat(agent, people[0], `first ${mark}`, 'answer one');
  await chat(agent, people[1], `second ${mark}`, 'answer two');
  await chat(agent, people[0], `third ${mark}`, 'answer three');
  await chat(agent, people[1], 'about something else', 'answer four');

  await agent.view('past');
  const field = page.getByLabel(words.searchChats);
  await field.fill(mark);
  await field.press('Enter');
  const rows = page.locator('tbody tr');
  // An ended chat may be listed with a short delay.
  await expect(async () => {
    await page.reload();
    await expect(rows).toHaveCount(3, { timeout: 2_000 });
  }).toPass();
  await expect(rows.locator('th')).toContainText([people[0].name, people[1].name, people[0].name]);
  await expect(rows.first()).toContainText(words.short_agent_ended);
  await expect(page).toHaveURL(new RegExp(mark)); // the address is complete

  await rows.nth(1).getByRole('link').click();
  await expect(agent.log.locator('.bubble')).toHaveText([`second ${mark}`, 'answer two']);
  await rows.nth(0).getByRole('link').click();
  await expect(agent.log.locator('.bubble')).toHaveText([`third ${mark}`, 'answer three']);
  await expect(page.locator('.past .bubble')).toHaveText([`first ${mark}`, 'answer one']);
  await page.getByRole('button', { name: words.transcriptClose }).click();
  await expect(agent.log).toHaveCount(0);
  await expect(rows.nth(0).getByRole('link')).toBeFocused();

  await page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }));
  const loading = page.waitForEvent('download');
  await page.getByRole('button', { name: words.downloadCsv }).click();
  const download = await loading;
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toContain(words.csvWaited);
  expect(lines[1]).toContain(people[0].name);
  expect(lines[1]).not.toContain('answer three');
  await expect(page.locator('.export')).toContainText('3');

  await page.getByLabel(words.csvWithTexts).check();
  const longer = page.waitForEvent('download');
  await page.getByRole('button', { name: words.downloadCsv }).click();
  const whole = readFileSync(await (await longer).path(), 'utf8').split('\r\n');
  expect(whole[1]).toContain(`third ${mark}`);
  expect(whole[1]).toContain('answer three');
  expect(whole[1]).not.toContain('first');

  await page.getByLabel(words.reason).selectOption('idle');
  await expect(page.getByText(words.pastEmpty)).toBeVisible();
});

test('a file is streamed where the browser supports it', async ({ openConsole, scriptedCustomer }) => {
  const agent = await openConsole();
  const { page, words } = agent;
  await chat(agent, scriptedCustomer(uniqueName('Ada')), 'hello', 'hello to you');
  await agent.view('past');
  await expect(async () => {
    await page.reload();
    await expect(page.locator('tbody tr').first()).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await page.evaluate(() => {
    const pieces: string[] = [];
    const file = {
      write: async (piece: string) => void pieces.push(piece),
      close: async () => void pieces.push('closed'),
      abort: async () => void pieces.push('aborted'),
    };
    const showSaveFilePicker = async () => ({ createWritable: async () => file });
    Object.assign(window, { pieces, showSaveFilePicker });
  });
  await page.getByRole('button', { name: words.downloadCsv }).click();
  const pieces = () => page.evaluate(() => (window as unknown as { pieces: string[] }).pieces);
  await expect.poll(async () => (await pieces()).at(-1)).toBe('closed');
  expect((await pieces()).length).toBeGreaterThan(2);
});

test('a search starts once typing pauses, and goes back in one step', async ({ openConsole }) => {
  const agent = await openConsole();
  const { page, words } = agent;
  await agent.view('past');
  const field = page.getByLabel(words.searchChats);
  await field.waitFor();
  const visited: string[] = [];
  page.on('framenavigated', () => visited.push(page.url()));
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1_000);
  await field.pressSequentially('teapot');
  await page.clock.runFor(400);
  expect(visited).toEqual([]);
  await page.clock.runFor(1_000);
  await expect(page).toHaveURL(/text=teapot$/);
  await expect(field).toBeFocused();
  await page.clock.runFor(5_000);
  expect(visited).toHaveLength(1);
  await field.pressSequentially(' lid');
  await field.press('Enter'); // at once
  await expect(page).toHaveURL(/text=teapot\+lid$/);
  await page.clock.resume();
  await page.goBack();
  await expect(page.getByRole('heading', { name: new RegExp(`^${words.queue}`) })).toBeVisible();
});
