import { began, DAY, dayCounted, dayOf, days, FIRST, LAST, test } from './board';
import { expect } from './fixtures';

test('in India, where days begin within an hour, each has its own figures', async ({ dashboard }) => {
  const zone = 'Asia/Kolkata';
  const { board, ask } = await dashboard({ timezoneId: zone });
  const { page, words } = board;
  const chats = await began(ask, FIRST, LAST, zone);
  await board.open(days(FIRST, LAST, zone));
  await expect(board.tile(words.allChats)).toHaveText(`${chats.length}`);
  const [from, to] = [FIRST, LAST].map((at) => Number(dayOf(at, zone).slice(-2)));
  await expect(page.locator('.period')).toHaveText(new RegExp(`\\b${from}\\b.*\\b${to}\\b, `));
  const outcomes = await board.file(words.outcomes);
  expect(outcomes.map((row) => [row[words.unit_day], row[words.allChats]])).toEqual(
    Array.from({ length: 17 }, (_, i) => {
      const day = dayOf(FIRST + i * DAY, zone);
      return [day, `${chats.filter((it) => dayCounted(it, zone) === day).length}`];
    }),
  );
  const week = await board.file(words.week);
  expect(week.reduce((sum, row) => sum + Number(row[words.allChats]), 0)).toBe(chats.length);
});

test('where the browser has no name for its time zone, days are those of UTC, and the page says so', async ({
  dashboard,
}) => {
  const { board, ask } = await dashboard({ timezoneId: 'UTC' });
  const { page, words } = board;
  const chats = await began(ask, FIRST, LAST, 'UTC');
  await page.addInitScript(() => {
    const known = Intl.DateTimeFormat.prototype.resolvedOptions;
    Intl.DateTimeFormat.prototype.resolvedOptions = function () {
      return { ...known.call(this), timeZone: 'Etc/Unknown' };
    };
  });
  await page.reload();
  await board.open(days(FIRST, LAST, 'UTC'));
  await expect(page.getByText(words.zoneUnknown.replace('{zone}', 'Etc/Unknown'))).toBeVisible();
  await expect(board.tile(words.allChats)).toHaveText(`${chats.length}`);
});
