import { days, FIRST, LAST, test } from './dashboardPage';
import { expect } from './fixtures';

const WIDTHS = [390, 768, 1024, 1280, 1920];
/** Padding at the bottom of a page, px. */
const PADDING = 60;

/** Visually hidden elements have a position too: without a positioned ancestor they make the page scroll into blank space. */
test('no view scrolls into blank space, at any width', async ({ openDashboard }) => {
  const { dashboard } = await openDashboard();
  const { page, words } = dashboard;
  await dashboard.open(days(FIRST, LAST, 'UTC'));
  for (const title of [words.outcomes, words.endings]) {
    const table = words.tableOf.replace('{title}', title);
    await dashboard.panel(title).getByRole('button', { name: table }).click();
  }
  for (const view of ['stats', 'past', 'canned', 'chats'] as const) {
    if (view !== 'stats') await dashboard.consolePage.view(view);
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
