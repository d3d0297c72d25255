import { began, DAY, dayCounted, dayOf, days, FIRST, LAST, test } from './dashboardPage';
import { expect } from './fixtures';

test('in India, where days begin at half an hour, each day has its own figures', async ({
  openDashboard,
}) => {
  const zone = 'Asia/Kolkata';
  const { dashboard, connection } = await openDashboard({ timezoneId: zone });
  const { page, words } = dashboard;
  const chats = await began(connection, FIRST, LAST, zone);
  await dashboard.open(days(FIRST, LAST, zone));
  await expect(dashboard.tile(words.allChats)).toHaveText(`${chats.length}`);
  const [from, to] = [FIRST, LAST].map((at) => Number(dayOf(at, zone).slice(-2)));
  await expect(page.locator('.period')).toHaveText(new RegExp(`\\b${from}\\b.*\\b${to}\\b, `));
  const outcomes = await dashboard.file(words.outcomes);
  expect(outcomes.map((row) => [row[words.unit_day], row[words.allChats]])).toEqual(
    Array.from({ length: 17 }, (_, i) => {
      const day = dayOf(FIRST + i * DAY, zone);
      return [day, `${chats.filter((it) => dayCounted(it, zone) === day).length}`];
    }),
  );
  const week = await dashboard.file(words.week);
  expect(week.reduce((sum, row) => sum + Number(row[words.allChats]), 0)).toBe(chats.length);
});

test("where the browser's time zone is unknown, days are those of UTC, and the page says so", async ({
  openDashboard,
}) => {
  const { dashboard, connection } = await openDashboard({ timezoneId: 'UTC' });
  const { page, words } = dashboard;
  const chats = await began(connection, FIRST, LAST, 'UTC');
  await page.addInitScript(() => {
    const known = Intl.DateTimeFormat.prototype.resolvedOptions;
    Intl.DateTimeFormat.prototype.resolvedOptions = function () {
      return { ...known.call(this), timeZone: 'Etc/Unknown' };
    };
  });
  await page.reload();
  await dashboard.open(days(FIRST, LAST, 'UTC'));
  await expect(page.getByText(words.zoneUnknown.replace('{zone}', 'Etc/Unknown'))).toBeVisible();
  await expect(dashboard.tile(words.allChats)).toHaveText(`${chats.length}`);
});
