import { AgentConnection } from './agentConnection';
import { expect, expectAccessible, expectTargetSize, picture, test } from './fixtures';

test.use({ on: 'memory' });

const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };
const WIDE = { viewport: { width: 1280, height: 860 } };
const office = (to: string) => ({
  zone: 'Asia/Seoul',
  week: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [{ from: '09:00', to }] : [])),
});

for (const [lang, colorScheme, size, screen] of [
  ['en', 'light', 'wide', WIDE],
  ['ko', 'dark', 'wide', WIDE],
  ['ko', 'light', 'phone', PHONE],
  ['en', 'dark', 'phone', PHONE],
] as const)
  test(`an admin sets the hours, closes now and opens again: ${lang}, ${colorScheme}, ${size}`, async ({
    openConsole,
    memory,
  }, info) => {
    const { page, words } = await openConsole('admin', {
      lang,
      colorScheme,
      timezoneId: 'Asia/Seoul',
      ...screen,
    });
    const part = (await import(`../console/hours/${lang}`))[lang];
    const look = async (name: string) => {
      await expectAccessible(page);
      await expectTargetSize(page, size === 'phone' ? 44 : 24);
      await picture(page, info.outputPath(`${name}.png`));
    };
    const monday = page.locator('.hours-day').first();
    const time = (n: number) => monday.locator('[type=time]').nth(n);
    await page.keyboard.press('Alt+KeyO');
    await expect(page.getByRole('heading', { name: words.view_hours, exact: true })).toBeVisible();
    await expect(page.getByLabel(part.hoursZone)).toHaveValue('Asia/Seoul');
    await expect(page.getByText(part.hoursNone)).toBeVisible();
    await look('hours');

    // What is wrong is said at its field, and nothing is sent.
    await time(1).fill('08:00');
    await time(1).blur();
    await expect(monday).toContainText(part.hoursEndFirst);
    await page.getByLabel(part.hoursZone).fill('Asia/Nowhere');
    await page.getByRole('button', { name: words.save, exact: true }).click();
    await expect(page.getByText(part.hoursZoneUnknown)).toBeVisible();
    await expect(page.getByLabel(part.hoursZone)).toBeFocused();
    await look('problems');
    expect(memory?.hours.read().version).toBe(0);

    await page.getByLabel(part.hoursZone).fill('Asia/Seoul');
    await time(1).fill('12:00');
    await monday.getByRole('button', { name: part.hoursAdd }).click();
    await time(2).fill('13:00');
    await time(3).fill('00:00');
    await page.getByRole('button', { name: part.hoursCopy }).click();
    await page.getByRole('button', { name: part.hoursAddDate }).click();
    await page.getByLabel(part.hoursDate, { exact: true }).fill('2030-12-25');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: words.save, exact: true }).click();
    await expect(page.getByText(part.hoursSaved)).toBeVisible();
    const spans = [
      { from: '09:00', to: '12:00' },
      { from: '13:00', to: '24:00' },
    ];
    expect(memory?.hours.read()).toMatchObject({
      version: 1,
      hours: {
        zone: 'Asia/Seoul',
        week: [spans, spans, spans, spans, spans, [], []],
        exceptions: [{ date: '2030-12-25', open: [] }],
        email: 'required',
      },
    });
    await look('saved');

    await page.keyboard.press('Alt+KeyC');
    const state = page.locator('.lists .shop-state');
    await expect(state).toContainText(words.hoursOpen);
    await state.getByRole('button', { name: words.closeNow }).click();
    const dialog = page.getByRole('dialog', { name: words.closeNow });
    await expect(dialog.getByRole('radio').first()).toBeChecked(); // the next opening
    await dialog.getByLabel(part.closeUntilTime).check();
    await dialog.getByLabel(part.closeTime).fill('2020-01-01T09:00');
    await dialog.getByRole('button', { name: words.closeNow }).click();
    await expect(dialog).toContainText(part.closeTimePast);
    await look('close');
    await dialog.getByLabel(part.closeUntilOpened).check();
    await dialog.getByRole('button', { name: words.closeNow }).click();
    await expect(dialog).toHaveCount(0);
    await expect(state).toContainText(words.closedByHand);
    await look('closed');
    expect(memory?.hours.read()).toMatchObject({ version: 2, hours: { email: 'required', closed: {} } });
    await state.getByRole('button', { name: words.openAgain }).click();
    await expect(state).not.toContainText(words.closedByHand);
    expect(memory?.hours.read().hours).not.toHaveProperty('closed');
  });

test('an agent reads the hours, and is offered nothing that changes them', async ({
  openConsole,
  memory,
}) => {
  memory?.hours.put({ version: 0, hours: { ...office('18:00'), closed: {} } });
  const { page, words } = await openConsole(0, { timezoneId: 'Asia/Seoul' });
  await expect(page.locator('.lists .shop-state')).toContainText(words.closedByHand);
  await expect(page.getByRole('button', { name: words.openAgain })).toHaveCount(0);
  await page.goto(`${page.url().split('#')[0]}#/hours`);
  await expect(page.locator('.schedule')).toContainText('9:00 AM–6:00 PM');
  await expect(page.locator('.hours').getByRole('button')).toHaveCount(0);
  await expect(page.locator('.hours').locator('input')).toHaveCount(0);
  await expectAccessible(page);
});

test('two edits at once: the second admin sees both and chooses; a shop closed by hand meanwhile is no conflict', async ({
  openConsole,
  memory,
}, info) => {
  memory?.hours.put({ version: 0, hours: office('18:00') });
  const admin = await openConsole('admin', { timezoneId: 'Asia/Seoul' });
  const { page, words } = admin;
  const { en } = await import('../console/hours/en');
  const other = await AgentConnection.beside(admin);
  const save = page.getByRole('button', { name: words.save, exact: true });
  const friday = page.getByRole('group', { name: 'Friday' }).locator('[type=time]').nth(1);
  await page.keyboard.press('Alt+KeyO');
  await friday.fill('16:00');

  await other.request({ action: 'hoursPut', version: 1, hours: { ...office('18:00'), closed: {} } });
  await save.click();
  await expect(page.getByText(en.hoursSaved)).toBeVisible();
  const stored = () => memory?.hours.read();
  expect(stored()).toMatchObject({ version: 3, hours: { closed: {} } });
  expect(stored()?.hours.week[4]).toEqual([{ from: '09:00', to: '16:00' }]);

  await friday.fill('15:00');
  await page.keyboard.press('Alt+KeyC'); // what is typed stays
  await other.request({ action: 'hoursPut', version: 3, hours: office('20:00') });
  await page.keyboard.press('Alt+KeyO');
  await expect(friday).toHaveValue('15:00');
  await save.click();
  const both = page.getByRole('dialog', { name: en.hoursConflict });
  await expect(both).toContainText('9:00 AM–8:00 PM');
  await expect(both).toContainText('9:00 AM–3:00 PM');
  await expectAccessible(page);
  await picture(page, info.outputPath('conflict.png'));
  await both.getByRole('button', { name: words.useMine }).click();
  await expect(both).toHaveCount(0);
  expect(stored()).toMatchObject({ version: 5 });
  expect(stored()?.hours.week[4]).toEqual([{ from: '09:00', to: '15:00' }]);

  await friday.fill('14:00');
  await other.request({ action: 'hoursPut', version: 5, hours: office('21:00') });
  await save.click();
  await both.getByRole('button', { name: words.keepTheirs }).click();
  await expect(friday).toHaveValue('21:00');
  other.close();
});

test('each shop has its own hours', async ({ openConsole, memory }) => {
  memory?.hours.sites.push('tea');
  memory?.hours.put({ site: 'tea', version: 0, hours: { ...office('17:00'), closed: {} } });
  const { page, words } = await openConsole('admin', { timezoneId: 'Asia/Seoul' });
  const states = page.locator('.shop-states');
  await expect(states).toContainText(words.shopsOpen.replace('{open}', '1').replace('{of}', '2'));
  await states.locator('summary').click();
  await states.getByRole('button', { name: words.openAgain }).click();
  await expect(states).toContainText(words.shopsOpen.replace('{open}', '2').replace('{of}', '2'));
  expect(memory?.hours.read('tea')).toMatchObject({ version: 2 });
  await expectAccessible(page);
  await page.keyboard.press('Alt+KeyO');
  await page.getByRole('combobox', { name: words.shop }).selectOption('tea');
  await expect(page).toHaveURL(/#\/hours\?site=tea$/);
  await expect(page.getByRole('group', { name: 'Monday' }).locator('[type=time]').nth(1)).toHaveValue(
    '17:00',
  );
});
