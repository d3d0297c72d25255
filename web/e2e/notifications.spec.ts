import type { Page } from '@playwright/test';
import { expect, test, uniqueName } from './fixtures';

/** Records sounds and notifications. */
async function listen(page: Page) {
  await page.addInitScript(() => {
    const recorded = { sounds: 0, shown: [] as string[] };
    Object.assign(window, { recorded });
    const start = AudioScheduledSourceNode.prototype.start;
    AudioScheduledSourceNode.prototype.start = function (...at) {
      recorded.sounds++;
      start.apply(this, at);
    };
    class Shown {
      static permission = 'granted';
      static requestPermission = async () => 'granted';
      constructor(title: string, options: { body: string }) {
        recorded.shown.push(`${title}: ${options.body}`);
      }
    }
    Object.assign(window, { Notification: Shown });
    let away = false;
    document.hasFocus = () => !away;
    Object.assign(window, {
      leave: (left: boolean) => {
        away = left;
      },
    });
  });
  await page.reload();
  await page.locator('.queue').waitFor();
}

const recorded = (page: Page) =>
  page.evaluate(() => (window as unknown as { recorded: { sounds: number; shown: string[] } }).recorded);
const leave = (page: Page, left: boolean) =>
  page.evaluate((it) => (window as unknown as { leave(left: boolean): void }).leave(it), left);
const icon = (page: Page) => page.locator('link[rel=icon]').getAttribute('href');

test('each event notifies once, in the chosen ways, and only in the current tab', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const agent = await openConsole();
  const { page, words } = agent;
  await listen(page);
  await agent.menu('notifications');
  await page.getByRole('switch', { name: words.channel_desktop }).click();
  await page.keyboard.press('Escape');
  const quiet = await icon(page);
  await leave(page, true);

  const name = uniqueName();
  const { session } = scriptedCustomer(name);
  session.send('Anybody there?');
  await expect.poll(() => recorded(page)).toMatchObject({ sounds: 2, shown: { length: 1 } });
  await expect(page).toHaveTitle(/^\[\d+\] /);
  expect(await icon(page)).not.toBe(quiet);

  await agent.take(name);
  await expect(page).toHaveTitle(/^\(1\) /);
  session.send('Hello?');
  await expect.poll(() => recorded(page)).toMatchObject({ sounds: 4 });
  expect((await recorded(page)).shown.at(-1)).toContain('Hello?');
  await expect(page).toHaveTitle(/^\(2\) /);

  // With the chat in focus there is no notification.
  await leave(page, false);
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(page).toHaveTitle(new RegExp(`^${words.product}`));
  session.send('Here I am');
  await expect(agent.text('Here I am')).toBeVisible();
  expect((await recorded(page)).sounds).toBe(4);

  // All ways off: no notification, after a reload neither.
  await agent.menu('notifications');
  for (const way of [words.channel_sound, words.channel_title, words.channel_badge, words.channel_desktop])
    await page.getByRole('switch', { name: way }).click();
  await page.keyboard.press('Escape');
  await page.reload();
  await agent.chat(name).waitFor();
  await leave(page, true);
  session.send('Are you away?');
  await expect(page.locator('.chats .badge')).toBeVisible();
  expect(await recorded(page)).toEqual({ sounds: 0, shown: [] });
  await expect(page).toHaveTitle(new RegExp(`^${words.product}`));
  expect(await icon(page)).toBe(quiet);

  // A replaced tab notifies of nothing.
  const other = await openConsole(0);
  await listen(other.page);
  await expect(page.getByText(words.replacedText)).toBeVisible();
  await leave(other.page, true);
  session.send('Which window?');
  await expect.poll(() => recorded(other.page)).toMatchObject({ sounds: 2 });
  expect(await recorded(page)).toEqual({ sounds: 0, shown: [] });
});

test('an agent who returns sees what happened to their chats', async ({ openConsole, scriptedCustomer }) => {
  const agent = await openConsole(0);
  const colleague = await openConsole(1);
  const names = [uniqueName('Back'), uniqueName('Gone'), uniqueName('Kept')] as const;
  for (const name of names) {
    scriptedCustomer(name).session.send('Hello');
    await agent.take(name);
    await expect(agent.room(name)).toBeVisible();
  }
  const address = agent.page.url();
  const other = await openConsole(0);
  // The chats are released while this browser is closed, as the sweep does later.
  await agent.page.goto('about:blank');
  for (const name of names.slice(0, 2)) {
    await other.chat(name).click();
    await other.room(name).getByRole('button', { name: other.words.release, exact: true }).click();
    await expect(other.chat(name)).toHaveCount(0);
  }
  await colleague.take(names[1]);
  await expect(colleague.room(names[1])).toBeVisible();
  await agent.page.goto(address);
  const notice = agent.page.getByRole('status').filter({ hasText: names[1] });
  await expect(notice).toContainText(names[0]);
  await expect(notice).not.toContainText(names[2]);
  await notice.getByRole('button', { name: new RegExp(names[0]) }).click();
  await expect(agent.room(names[0]).locator('textarea')).toBeVisible();
  await expect(agent.page.getByRole('button', { name: new RegExp(`^Take ${names[0]}`) })).toHaveCount(0);
});
