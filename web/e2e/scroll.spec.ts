import { days, FIRST, LAST, test } from './board';
import { expect } from './fixtures';

const WIDTHS = [390, 768, 1024, 1280, 1920];
/** What a page has below its last line. */
const PADDING = 60;

/** What is hidden from the eye has a place too, and a page that does not hold it scrolls into a blank as long as itself. */
test('nothing scrolls but what is to be seen, in no view and at no size', async ({ dashboard }) => {
  const { board } = await dashboard();
  const { page, words } = board;
  await board.open(days(FIRST, LAST, 'UTC'));
  for (const title of [words.outcomes, words.endings]) {
    const table = words.tableOf.replace('{title}', title);
    await board.panel(title).getByRole('button', { name: table }).click();
  }
  for (const view of ['stats', 'past', 'canned', 'chats'] as const) {
    if (view !== 'stats') await board.desk.view(view);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const { document, blank } = await page.evaluate(() => {
        const root = window.document.documentElement;
        const view = window.document.querySelector('.page');
        if (!view) return { document: root.scrollHeight - root.clientHeight, blank: 0 };
        view.scrollTop = view.scrollHeight;
        const last = view.lastElementChild?.getBoundingClientRect().bottom ?? 0;
        const scrolled = view.scrollTop > 0 ? view.getBoundingClientRect().bottom - last : 0;
        return { document: root.scrollHeight - root.clientHeight, blank: scrolled };
      });
      expect(document, `${view}, ${width} px`).toBe(0);
      expect(blank, `${view}, ${width} px`).toBeLessThanOrEqual(PADDING);
    }
  }
});
