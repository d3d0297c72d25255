import { createRequire } from 'node:module';
import { expect, test, uniqueName } from './fixtures';
import { ShopPage } from './shopPage';

const TURBO = createRequire(import.meta.url).resolve('@hotwired/turbo/dist/turbo.es2017-umd.js');
const DRAFT = 'Half a question';

test('the chat reopens where it was left open, without taking focus, and stays closed once closed', async ({
  openBrowser,
  stack,
}) => {
  const { context, network } = await openBrowser();
  const shop = await ShopPage.embed(
    context,
    network,
    stack.demo,
    (src) => `<body><input autofocus><script async src="${src}"></script>`,
  );
  await shop.open();
  await shop.page.reload();
  await expect(shop.chat.getByLabel(shop.words.ask)).toBeVisible();
  await expect(shop.page.locator('body > input')).toBeFocused();
  const other = await shop.context.newPage();
  await other.route(shop.page.url(), (route) =>
    route.fulfill({ contentType: 'text/html', body: '<script src="../widget/rejoin.js"></script>' }),
  );
  await other.goto(shop.page.url());
  await expect(other.locator('rejoin-chat > button')).toHaveAttribute('aria-expanded', 'false');
  await expect(other.getByRole('dialog')).toHaveCount(0);

  await shop.button.click();
  await expect(shop.chat).toBeHidden();
  await shop.page.reload();
  await expect(shop.button).toBeVisible();
  await shop.button.click();
  await expect(shop.chat).toBeVisible();
});

test('Turbo changes pages under an open chat: text, position and focus stay', async ({
  openBrowser,
  stack,
}) => {
  const { context, network } = await openBrowser();
  const at = (path: string) => new URL(path, stack.demo).href;
  await context.route(at('turbo.js'), (route) => route.fulfill({ path: TURBO }));
  const html = (title: string, where: 'head' | 'body') => {
    const embed = `<script src="${at('../widget/rejoin.js')}" ${where === 'head' ? 'async' : ''}></script>`;
    return `<!doctype html><html lang="en"><head><title>${title}</title><script src="turbo.js"></script>${where === 'head' ? embed : ''}</head><body><h1>${title}</h1><a href="one.html">One</a> <a href="two.html">Two</a><p style="height: 2000px"></p>${where === 'body' ? embed : ''}</body></html>`;
  };
  for (const where of ['head', 'body'] as const) {
    for (const name of ['one', 'two'])
      await context.route(at(`${name}.html`), (route) =>
        route.fulfill({ contentType: 'text/html', body: html(name, where) }),
      );
    const shop = await ShopPage.visit(context, network, at('one.html'));
    const { page } = shop;
    await shop.open();
    const field = shop.chat.getByLabel(shop.words.ask);
    await field.fill(DRAFT);
    const visit = async (link: string, title: string) => {
      await page.getByRole('link', { name: link }).click();
      await expect(page.getByRole('heading', { name: title, exact: true })).toBeVisible();
      await expect(field).toHaveValue(DRAFT);
      await expect(page.locator('rejoin-chat')).toHaveCount(1);
    };
    await visit('Two', 'two');
    await visit('One', 'one');
    await page.goBack();
    await expect(page.getByRole('heading', { name: 'two', exact: true })).toBeVisible();
    await expect(field).toHaveValue(DRAFT);
    await shop.button.click();
    await expect(shop.chat).toBeHidden();
    await expect(page.locator('rejoin-chat')).toHaveCount(1);
    await page.close();
  }
});

test('a conversation continues over page loads with the panel open', async ({ openShop }) => {
  const customer = await openShop();
  await customer.start(uniqueName(), 'Hello');
  await expect(customer.waiting).toBeVisible();
  await customer.page.reload();
  await expect(customer.text('Hello')).toBeVisible();
  await expect(customer.waiting).toBeVisible();
  await customer.say('Still here');
  await expect(customer.log.locator('.customer.stored')).toHaveCount(2);
});
