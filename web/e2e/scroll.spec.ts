import { boss, days, FIRST, LAST, PHONE, WIDE } from './board';
import { expect, test } from './fixtures';

test.describe.configure({ timeout: 180_000 });
test.skip(({ memory }) => !!memory, 'a stack in memory counts nothing');

/** However much is hidden from the eye in a view, nothing scrolls but what is to be seen. */
for (const screen of [WIDE, PHONE])
  test(`no view scrolls into a blank, on ${screen === PHONE ? 'a phone' : 'a desk'}`, async ({ desk }) => {
    const { board, ask } = await boss(desk, screen);
    const { page } = board;
    await board.open(days(FIRST, LAST, 'UTC'));
    for (const title of [board.words.outcomes, board.words.endings])
      await board
        .panel(title)
        .getByRole('button', { name: board.words.tableOf.replace('{title}', title) })
        .click();
    for (const view of ['stats', 'past', 'canned', 'chats'] as const) {
      await page.evaluate((hash) => location.assign(hash), `#/${view}`);
      await expect(page.locator('main, .page').first()).toBeVisible();
      const { document, blank } = await page.evaluate(() => {
        const root = window.document.documentElement;
        const page = window.document.querySelector('.page');
        const last = page?.lastElementChild?.getBoundingClientRect().bottom ?? 0;
        const end = page ? page.getBoundingClientRect().top + page.scrollHeight - page.scrollTop : 0;
        const scrolls = page && page.scrollHeight > page.clientHeight;
        return { document: root.scrollHeight - root.clientHeight, blank: scrolls ? end - last : 0 };
      });
      expect(document, view).toBeLessThanOrEqual(0);
      expect(blank, view).toBeLessThanOrEqual(60);
    }
    ask.close();
  });
