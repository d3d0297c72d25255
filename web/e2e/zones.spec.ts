import { began, boss, DAY, dayCounted, dayOf, days, FIRST, LAST } from './board';
import { expect, test } from './fixtures';

test.describe.configure({ timeout: 180_000 });
test.skip(({ memory }) => !!memory, 'a stack in memory counts nothing');

test('in India, where days begin within an hour, each has its own figures', async ({ desk }) => {
  const zone = 'Asia/Kolkata';
  const { board, ask } = await boss(desk, { timezoneId: zone });
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
  ask.close();
});

test('where the browser has no name for its time zone, days are those of UTC, and the page says so', async ({
  desk,
}) => {
  const { board, ask } = await boss(desk, { timezoneId: 'UTC' });
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
  ask.close();
});
