import { expect, expectAccessible, test, uniqueName } from './fixtures';
import { waitUntil } from './scriptedCustomer';

test('a shop that an admin closes takes a question, which an agent answers before its customer is back', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const admin = await openConsole('admin');
  const { page, words } = admin;
  const { en } = await import('../console/hours/en');
  const name = uniqueName();
  const person = scriptedCustomer(name);
  const shops = page.locator('.shop-states');
  await shops.locator('summary').click();
  const shop = shops.locator('.shop-state').first();
  await shop.getByRole('button', { name: words.closeNow }).click();
  const dialog = page.getByRole('dialog', { name: words.closeNow });
  await dialog.getByLabel(en.closeUntilOpened).check();
  await dialog.getByRole('button', { name: words.closeNow }).click();
  await expect(shop).toContainText(words.closedByHand);
  try {
    person.session.send('Is anybody there?');
    await waitUntil(() => person.settled && person.texts.length === 1 && !!person.session.state.room);
    await expect(page.locator('.queue')).toContainText(name);
    person.session.close();
    const card = page.locator('.questions .card', { hasText: name });
    await expect(async () => {
      await page.reload(); // the list comes with the desk
      await expect(card).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await expectAccessible(page);
    await card.getByRole('button').click();
    await expect(page.locator('.gone')).toHaveText(words.customerGone.replace('{name}', name));
    await admin.say('Now I am.');
    await expect(admin.text('Now I am.')).toBeVisible();
    person.session.open();
    await waitUntil(() => person.texts.length === 2);
    await expect(page.locator('.gone')).toHaveText('');
  } finally {
    await shops.evaluate((it) => it.setAttribute('open', ''));
    await shop.getByRole('button', { name: words.openAgain }).click();
    await expect(shop).not.toContainText(words.closedByHand);
  }
});
