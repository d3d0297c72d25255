import { createRequire } from 'node:module';
import { expect, somebody, test } from './fixtures';
import { Shop } from './shop';

const TURBO = createRequire(import.meta.url).resolve('@hotwired/turbo/dist/turbo.es2017-umd.js');
const DRAFT = 'Half a question';

test('the chat is open where it was left open, takes no focus there, and stays closed once it is', async ({
  browserOf,
  stack,
}) => {
  const { context, line } = await browserOf();
  const shop = await Shop.embedded(
    context,
    line,
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

test('Turbo changes pages under a chat that stays as it is: text, place and focus', async ({
  browserOf,
  stack,
}) => {
  const { context, line } = await browserOf();
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
    const shop = await Shop.visit(context, line, at('one.html'));
    const { page } = shop;
    await shop.open();
    const field = shop.chat.getByLabel(shop.words.ask);
    await field.fill(DRAFT);
    const visit = async (link: string, title: string) => {
      await page.getByRole('link', { name: link }).click();
      await expect(page.getByRole('heading', { name: title })).toBeVisible();
      await expect(field).toHaveValue(DRAFT);
      await expect(page.locator('rejoin-chat')).toHaveCount(1);
    };
    await visit('Two', 'two');
    await visit('One', 'one');
    await page.goBack();
    await expect(page.getByRole('heading', { name: 'two' })).toBeVisible();
    await expect(field).toHaveValue(DRAFT);
    await shop.button.click();
    await expect(shop.chat).toBeHidden();
    await expect(page.locator('rejoin-chat')).toHaveCount(1);
    await page.close();
  }
});

test('a talk goes on over page loads with the panel open', async ({ shop }) => {
  const customer = await shop();
  await customer.start(somebody(), 'Hello');
  await expect(customer.chat.locator('.queue-position')).toBeVisible();
  await customer.page.reload();
  await expect(customer.text('Hello')).toBeVisible();
  await expect(customer.chat.locator('.queue-position')).toBeVisible();
  await customer.say('Still here');
  await expect(customer.log.locator('.customer.stored')).toHaveCount(2);
});
