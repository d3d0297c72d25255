import { expect, expectAccessible, expectTargetSize, picture, test } from './fixtures';

test.use({ on: 'memory' });

const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };
const WIDE = { viewport: { width: 1280, height: 860 } };

for (const [lang, colorScheme, size, screen] of [
  ['en', 'light', 'wide', WIDE],
  ['ko', 'dark', 'wide', WIDE],
  ['ko', 'light', 'phone', PHONE],
  ['en', 'dark', 'phone', PHONE],
] as const)
  test(`an admin ends what one place has begun, and nothing else: ${lang}, ${colorScheme}, ${size}`, async ({
    openConsole,
    memory,
    scriptedCustomer,
  }, info) => {
    const look = async (name: string) => {
      await expectAccessible(page);
      await expectTargetSize(page, size === 'phone' ? 44 : 24);
      await picture(page, info.outputPath(`${name}.png`));
    };
    memory?.crowd(140, 'Buy cheap pills at pills.example', '9aZ_');
    memory?.crowd(12, 'buy cheap pills at pills.example', 'Kq1-');
    const honest = scriptedCustomer('Mina Park');
    honest.session.send('Where is my order?');
    await expect.poll(() => honest.settled).toBe(true);
    const { page, words } = await openConsole('admin', { lang, colorScheme, ...screen });
    const many = (await import(`../console/many/${lang}`))[lang];
    const queue = page.locator('.queue');
    await expect(queue).toContainText(words.manyFromPlace.replace('{n}', '140'));
    await expect(queue).toContainText(words.manySameWords.replace('{n}', '152'));
    await look('notice');

    await queue.getByRole('button', { name: words.manyReview }).click();
    const dialog = page.getByRole('dialog', { name: many.manyTitle });
    const end = dialog.getByRole('button', { name: many.manyEnd, exact: true });
    await expect(dialog).toContainText(many.manyChoose);
    await expect(end).toBeDisabled();
    await dialog.getByLabel(many.manyPlace).selectOption('9aZ_');
    await expect(dialog).toContainText(many.manyFound.replace('{n}', '140').replace('{of}', '153'));
    await dialog.getByLabel(many.manyPattern).fill('PILLS');
    await expect(dialog).toContainText(many.manyFound.replace('{n}', '140').replace('{of}', '153'));
    await look('dialog');

    await page.keyboard.press('Tab'); // from the field on, with the keyboard alone
    while (!(await end.evaluate((it) => it === document.activeElement))) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(dialog).toContainText(many.manyEnded_other.replace('{n}', '140'));
    await look('done');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(queue.locator('.count-badge')).toHaveText('13');
    await expect(queue).toContainText(words.manyFromPlace.replace('{n}', '12'));
    expect(honest.session.state.room?.status).toBe('waiting');
  });

test('an agent who is no admin is not offered it', async ({ openConsole, memory }) => {
  memory?.crowd(20, 'Buy', '9aZ_');
  const { page, words } = await openConsole();
  await expect(page.locator('.queue .count-badge')).toHaveText('20');
  await expect(page.getByRole('button', { name: words.manyReview })).toHaveCount(0);
});
