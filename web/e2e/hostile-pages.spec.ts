import type { BrowserContext } from '@playwright/test';
import { expect, test } from './fixtures';
import { LINES, LISTENERS, listening, STYLES, SWAPS, styled } from './hostilePages';
import type { Network } from './network';
import { ShopPage } from './shopPage';

test.use({ on: 'memory' });

/** Text with characters that pages use as shortcuts. */
const WRITTEN = 'need / this size? n';

/** Pages per test: they share a browser. */
const TOGETHER = 7;

/** Declares tests for the pages of a table, some pages each. */
function pages(
  title: string,
  table: Record<string, string>,
  html: (entry: string) => string,
  tried: (shop: ShopPage, entry: string) => Promise<void>,
): void {
  const all = Object.entries(table);
  for (let from = 0; from < all.length; from += TOGETHER)
    test(`${title}, ${from + 1} and on`, async ({ openBrowser, stack }) => {
      const { context, network } = await openBrowser();
      for (const [name, entry] of all.slice(from, from + TOGETHER))
        await test.step(name, async () => {
          const shop = await opened(context, network, stack.demo, html(entry));
          await tried(shop, entry);
          await shop.page.close();
        });
    });
}

const opened = (context: BrowserContext, network: Network, demo: string, html: string) =>
  ShopPage.embed(context, network, demo, (src) =>
    html
      .replaceAll('LINE', `<script async src="${src}"></script>`)
      .replaceAll('SRC', src)
      .replaceAll('PLACE', src.slice(src.indexOf('//'))),
  );

/** The button is there once and in its corner; the chat opens on top and takes text. */
async function works(shop: ShopPage): Promise<void> {
  const { width, height } = shop.page.viewportSize() as { width: number; height: number };
  await expect(shop.button).toHaveCount(1);
  const button = await shop.button.boundingBox();
  expect(button?.x).toBeGreaterThan(width / 2);
  expect(button?.y).toBeGreaterThan(height / 2);
  await expect(shop.button).not.toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
  await shop.open();
  await writes(shop);
  const {
    x,
    y,
    height: tall,
  } = (await shop.chat.boundingBox()) as NonNullable<Awaited<ReturnType<typeof shop.chat.boundingBox>>>;
  expect(tall).toBeGreaterThan(300);
  expect(y).toBeGreaterThanOrEqual(0);
  const top = await shop.page.evaluate(
    ([x = 0, y = 0]) => document.elementFromPoint(x, y)?.localName,
    [x + 50, y + 200],
  );
  expect(top).toMatch(/^rejoin-chat/);
  await shop.minimise();
}

async function writes({ page, chat }: ShopPage): Promise<void> {
  const field = chat.locator('.form textarea');
  await field.click();
  await page.keyboard.type(WRITTEN);
  await expect(field).toHaveValue(WRITTEN);
  for (const [name, value] of [
    ['font-size', '16px'],
    ['text-transform', 'none'],
    ['direction', 'ltr'],
    ['visibility', 'visible'],
  ] as const)
    await expect(field).toHaveCSS(name, value);
}

pages("a page's styles do not reach the chat", STYLES, styled, works);

pages('the embed code runs however it is written', LINES, (html) => html, works);

pages(
  'the chat survives changes of the page',
  SWAPS,
  () => `<body><h1>Shop</h1><input>LINE`,
  async (shop, swap) => {
    await shop.open();
    await writes(shop);
    await shop.page.evaluate(swap);
    await expect(shop.chat).toBeVisible();
    await expect(shop.chat.locator('.form textarea')).toHaveValue(WRITTEN);
    await shop.chat.locator('.form textarea').press('End');
    await shop.page.keyboard.type('!');
    await expect(shop.chat.locator('.form textarea')).toHaveValue(`${WRITTEN}!`);
    await shop.minimise();
    await expect(shop.button).toBeVisible();
    await expect(shop.page.locator('rejoin-chat')).toHaveCount(1);
  },
);

pages("a page's listeners do not get the panel's events", LISTENERS, listening, async (shop) => {
  const { page, chat } = shop;
  await shop.open();
  await page.evaluate(() => Object.assign(window, { hit: 0 }));
  await writes(shop);
  const field = chat.locator('.form textarea');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+x');
  await page.keyboard.press('ControlOrMeta+v');
  await page.mouse.wheel(0, 10);
  await expect(field).toHaveValue(WRITTEN);
  await expect(field).toBeFocused();
  expect(await page.evaluate(() => (window as unknown as { hit: number }).hit)).toBe(0);
});

for (const how of ['a press', 'Enter'] as const)
  test(`a chat starts by ${how} in a frame that may not submit forms`, async ({ openBrowser, stack }) => {
    const { context, network } = await openBrowser();
    const shop = await ShopPage.embed(
      context,
      network,
      stack.demo,
      (src) => `<body><script async src="${src}"></script>`,
      { 'content-security-policy': 'sandbox allow-scripts allow-same-origin' },
    );
    const { chat, words } = shop;
    await shop.open();
    await chat.getByLabel(words.ask).fill('Hello');
    if (how === 'Enter') await chat.getByLabel(words.name).press('Enter');
    else await shop.startButton.click();
    await expect(shop.waiting).toBeVisible();
    await shop.leave();
  });
