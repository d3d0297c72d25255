import { resolve } from 'node:path';
import { translation } from '../components/translation';
import { reasons } from '../console/past/filter';
import { formatDuration } from '../console/time/duration';
import { words as consoleWords } from '../console/words';
import { began, DAY, DashboardPage, dayOf, days, FIRST, LAST, PHONE, test, WIDE } from './dashboardPage';
import { expect, expectAccessible, picture } from './fixtures';
import { heldBy, reference, type Summary } from './reference';

const IMAGES = resolve(import.meta.dirname, '../../docs/images');
/** About as wide as a document is shown, so that the words of the picture can be read there. */
const DOCUMENT = { viewport: { width: 960, height: 1420 } };
const english = translation('en', consoleWords);
const AGENT = english.t('agent');
const TITLES = ['outcomes', 'endings', 'wait', 'first', 'response', 'talk', 'ratings', 'staff'] as const;

/** Length of a time in an exported file, to the hour. */
const HOUR_OF_CLOCK = 'YYYY-MM-DD HH'.length;
const clock = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    .format(at)
    .slice(0, HOUR_OF_CLOCK);

/** Compares a cell in seconds with ms, within half a second and a share such as 0.02. */
function within(cell: string | undefined, wanted: number | undefined, share: number) {
  if (wanted === undefined) return expect(cell).toBe('');
  expect(Math.abs(Number(cell) * 1000 - wanted), `${cell} s for ${wanted} ms`).toBeLessThanOrEqual(
    500 + share * wanted,
  );
}

test('every figure of some weeks equals the sum over the single chats', async ({ openDashboard }) => {
  const zone = 'Asia/Seoul';
  const { dashboard, connection } = await openDashboard({ timezoneId: zone });
  const { words } = dashboard;
  const chats = await began(connection, FIRST, LAST, zone);
  expect(chats.length).toBeGreaterThan(100);
  const all = reference(chats);
  await dashboard.open(days(FIRST, LAST, zone));

  await expect(dashboard.tile(words.allChats)).toHaveText(`${all.started}`);
  await expect(dashboard.tile(words.answered)).toHaveText(`${all.answered}`);
  await expect(dashboard.tile(words.abandonedChats)).toHaveText(`${all.abandoned}`);
  for (const name of ['wait', 'talk'] as const)
    await expect(dashboard.tile(words.meanOf.replace('{name}', words[name]))).toHaveText(
      formatDuration(all[name].mean ?? 0, english),
    );
  await expect(dashboard.tile(words.meanOf.replace('{name}', dashboard.consolePage.words.rating))).toHaveText(
    `${all.rating.mean?.toFixed(1)}`,
  );

  const outcomes = await dashboard.file(words.outcomes);
  expect(outcomes).toHaveLength(17);
  const endings = await dashboard.file(words.endings);
  const waits = await dashboard.file(words.wait);
  const talks = await dashboard.file(words.talk);
  const rated = await dashboard.file(words.ratings);
  for (const [i, row] of outcomes.entries()) {
    const day = row[words.unit_day] ?? '';
    const own = reference(chats.filter(({ created }) => dayOf(created, zone) === day));
    expect(row, day).toMatchObject({
      [words.allChats]: `${own.started}`,
      [words.answered]: `${own.answered}`,
      [words.abandonedChats]: `${own.abandoned}`,
    });
    for (const reason of reasons)
      expect(endings[i]?.[dashboard.consolePage.words[`short_${reason}`]], `${day} ${reason}`).toBe(
        `${own.ended(reason)}`,
      );
    const [{ n, mean }, name] = [own.waitInAll, words.inAll.replace('{name}', words.mean)];
    if (n) within(waits[i]?.[`${name} (s)`], mean, 0);
    for (const [file, summary] of [
      [waits, own.wait],
      [talks, own.talk],
    ] as [typeof waits, Summary][]) {
      expect(file[i]?.[words.chatsCounted]).toBe(`${summary.n}`);
      within(file[i]?.[`${words.mean} (s)`], summary.mean, 0);
      within(file[i]?.[`${words.p50} (s)`], summary.p50, 0.02);
      within(file[i]?.[`${words.p90} (s)`], summary.p90, 0.02);
    }
    expect(rated[i]?.[words.rated]).toBe(`${own.rating.n}`);
    expect(Number(rated[i]?.[words.mean])).toBeCloseTo(own.rating.mean ?? 0, 2);
  }

  const week = await dashboard.file(words.week);
  expect(week).toHaveLength(7 * 24);
  const hours = new Map<string, number>();
  const hour = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    weekday: 'short',
    hour: 'numeric',
    hour12: true,
  });
  for (const { created } of chats) {
    const parts = Object.fromEntries(hour.formatToParts(created).map(({ type, value }) => [type, value]));
    const name = `${parts.weekday} ${parts.hour} ${parts.dayPeriod}`;
    hours.set(name, (hours.get(name) ?? 0) + 1);
  }
  for (const row of week) {
    const name = row[words.unit_week]?.replace(/\s/g, ' ') ?? '';
    expect(row[words.allChats], name).toBe(`${hours.get(name) ?? 0}`);
  }

  for (const row of await dashboard.file(words.byAgent)) {
    const held = heldBy(chats, row[AGENT] ?? '');
    expect(row[words.allChats]).toBe(`${held.length}`);
  }
});

test('the hours of a day, with first responses, in a distant time zone', async ({ openDashboard }) => {
  const zone = 'America/New_York';
  const { dashboard, connection } = await openDashboard({ timezoneId: zone });
  const { words } = dashboard;
  const at = LAST - 2 * DAY;
  const chats = await began(connection, at, at, zone);
  for (const chat of chats) chat.said = await connection.messages(chat);
  const all = reference(chats);
  expect(all.first.n).toBeGreaterThan(0);
  await dashboard.open(days(at, at, zone));
  await expect(dashboard.tile(words.allChats)).toHaveText(`${all.started}`);
  await expect(dashboard.tile(words.unanswered)).toHaveText(`${all.unanswered}`);
  await expect(dashboard.tile(words.meanOf.replace('{name}', words.first))).toHaveText(
    formatDuration(all.first.mean ?? 0, english),
  );
  for (const [name, counted] of [
    ['first', words.chatsCounted],
    ['response', words.repliesCounted],
  ] as const) {
    const file = await dashboard.file(words[name]);
    expect(file.length).toBeGreaterThanOrEqual(23);
    for (const row of file) {
      const hour = row[words.unit_hour]?.slice(0, HOUR_OF_CLOCK);
      const own = reference(chats.filter(({ created }) => clock(created, zone) === hour))[name];
      expect(row[counted]).toBe(`${own.n}`);
      within(row[`${words.mean} (s)`], own.mean, 0);
      within(row[`${words.p50} (s)`], own.p50, 0.02);
      within(row[`${words.p90} (s)`], own.p90, 0.02);
    }
  }
});

test('chart, table and file have the same values', async ({ openDashboard }) => {
  const { dashboard } = await openDashboard({ timezoneId: 'Europe/Berlin' });
  const { words } = dashboard;
  await dashboard.open(days(LAST - 6 * DAY, LAST, 'Europe/Berlin'));
  for (const title of TITLES.map((name) => words[name])) {
    const table = await dashboard.table(title);
    const points = await dashboard.points(title);
    const file = await dashboard.file(title);
    expect([table.length, points.length, file.length], title).toEqual([7, 7, 7]);
    // Only values are drawn: lines are straight, and each value has a mark.
    const drawn = await dashboard
      .panel(title)
      .locator('.plot > svg')
      .evaluate((svg) => ({
        bent: svg.querySelectorAll('.line[d*="C"], .band[d*="C"]').length,
        marks: svg.querySelectorAll('.shape:is(.p50, .mean, .online)').length,
      }));
    expect(drawn.bent, title).toBe(0);
    const column = [words.mostOnline, `${words.p50} (s)`, words.mean].find((name) => name in (file[0] ?? {}));
    if (column) expect(drawn.marks, title).toBe(file.filter((row) => row[column]).length);
    for (const [i, [name = '', ...cells]] of table.entries()) {
      const [, ...columns] = Object.keys(file[i] ?? {});
      const spoken = columns.map((column, at) => `${column.replace(' (s)', '')} ${cells[at]}`);
      expect(points[i]).toBe(`${name}: ${spoken.join(', ')}`);
      for (const [at, column] of columns.entries()) {
        const value = file[i]?.[column] ?? '';
        if (!value) expect(cells[at]).toBe('–');
        else if (column.endsWith(' (s)'))
          expect(cells[at]).toBe(formatDuration(Number(value) * 1000, english));
        else expect(Number(cells[at])).toBeCloseTo(Number(value), 1);
      }
    }
  }
});

test('an agent sees their own figures, an admin those of a chosen agent', async ({
  openDashboard,
  openConsole,
}) => {
  const zone = 'Asia/Seoul';
  const { dashboard, connection } = await openDashboard({ timezoneId: zone });
  const chats = await began(connection, FIRST, LAST, zone);
  const own = new DashboardPage(await openConsole(0, { timezoneId: zone, ...WIDE }));
  const name = await own.consolePage.name();
  const held = heldBy(chats, name);
  await own.open(days(FIRST, LAST, zone));
  await expect(own.tile(own.words.allChats)).toHaveText(`${held.length}`);
  await expect(own.page.getByRole('combobox', { name: AGENT })).toHaveCount(0);
  await expect(own.panel(own.words.byAgent).locator('tbody tr')).toHaveCount(1);

  await dashboard.open(days(FIRST, LAST, zone));
  await dashboard.page.getByRole('combobox', { name: AGENT }).selectOption({ label: name });
  await expect(dashboard.tile(dashboard.words.allChats)).toHaveText(`${held.length}`);
  await expect(dashboard.page).toHaveURL(/agent=a_/); // the address is complete
  await dashboard.page.reload();
  await dashboard.there();
  await expect(dashboard.tile(dashboard.words.allChats)).toHaveText(`${held.length}`);
});

test('the dashboard works by keyboard', async ({ openDashboard }) => {
  const { dashboard } = await openDashboard();
  const { page, words } = dashboard;
  await page.keyboard.press('Alt+KeyS');
  await dashboard.there();
  await page.getByRole('link', { name: words.range_days30 }).focus();
  await page.keyboard.press('Enter');
  await dashboard.there();
  await expect(page.getByRole('link', { name: words.range_days30 })).toHaveAttribute('aria-current', 'true');
  await expect(page).toHaveURL(/range=days30/);
  const table = dashboard
    .panel(words.wait)
    .getByRole('button', { name: words.tableOf.replace('{title}', words.wait) });
  await table.focus();
  await page.keyboard.press('Enter');
  await expect(table).toHaveAttribute('aria-pressed', 'true');
  await expect(dashboard.panel(words.wait).getByRole('table').locator('tbody tr')).toHaveCount(30);
  await page.keyboard.press('Enter');
  const scrub = dashboard.panel(words.wait).getByRole('slider');
  await scrub.focus();
  await expect(dashboard.panel(words.wait).locator('.tooltip')).toBeVisible();
  const first = await scrub.getAttribute('aria-valuetext');
  await page.keyboard.press('ArrowRight');
  await expect(scrub).not.toHaveAttribute('aria-valuetext', first ?? '');
  const week = dashboard.panel(words.week).getByRole('slider');
  await week.focus();
  await page.keyboard.press('ArrowDown');
  await expect(week).toHaveValue('24');
  await page.goBack();
  await dashboard.there();
  await expect(page.getByRole('link', { name: words.range_week })).toHaveAttribute('aria-current', 'true');
});

test('the dashboard without chats, while loading, and after an error', async ({ openDashboard }) => {
  const { dashboard } = await openDashboard();
  const { page, words, consolePage: at } = dashboard;
  await dashboard.open('from=2020-01-01&to=2020-01-07');
  await expect(page.getByText(words.statsEmpty)).toBeVisible();
  await expectAccessible(page);
  at.network.dropsIncoming = /"type":"stats"/;
  await page.getByRole('link', { name: words.range_week }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await expectAccessible(page);
  at.network.restore();
  await dashboard.there();
  at.network.rewritesIncoming = (text) => {
    const { type, re } = JSON.parse(text);
    return type === 'stats' ? JSON.stringify({ type: 'error', re, code: 'unavailable', message: 'x' }) : text;
  };
  await page.getByRole('button', { name: words.refresh }).click();
  await expect(page.getByText(at.words.error_unavailable)).toBeVisible();
  await expectAccessible(page);
  at.network.rewritesIncoming = (text) => text;
  await page.getByRole('button', { name: at.words.again }).click();
  await dashboard.there();
});

for (const [lang, colorScheme, screen, file] of [
  ['en', 'light', DOCUMENT, 'dashboard.png'],
  ['ko', 'dark', WIDE, undefined],
  ['ko', 'light', PHONE, 'dashboard-phone.png'],
  ['en', 'dark', PHONE, undefined],
] as const)
  test(`the dashboard: ${lang}, ${colorScheme}, ${screen === PHONE ? 'phone' : 'wide'}`, async ({
    openDashboard,
  }, info) => {
    const errors: string[] = [];
    const { dashboard } = await openDashboard({ lang, colorScheme, timezoneId: 'Asia/Seoul', ...screen });
    const { page, words } = dashboard;
    page.on('console', (it) => it.type() === 'error' && errors.push(it.text()));
    await dashboard.open(days(FIRST, LAST, 'Asia/Seoul'));
    const { width } = screen.viewport;
    const height = await page
      .locator('.stats')
      .evaluate((it) => it.scrollHeight + it.getBoundingClientRect().top);
    await page.setViewportSize({
      width,
      height: screen === WIDE ? Math.ceil(height) : screen.viewport.height,
    });
    await dashboard.panel(words.wait).getByRole('slider').focus();
    await page.keyboard.press('End');
    await expect(dashboard.panel(words.wait).locator('.tooltip')).toBeVisible();
    await page.keyboard.press('Home');
    for (let point = 0; point < 4; point++) await page.keyboard.press('ArrowRight');
    await picture(page, file ? resolve(IMAGES, file) : info.outputPath('dashboard.png'));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await expectAccessible(page);
    for (const title of [words.wait, words.week])
      await dashboard
        .panel(title)
        .getByRole('button', { name: words.tableOf.replace('{title}', title) })
        .click();
    await expectAccessible(page);
    expect(errors).toEqual([]);
  });
