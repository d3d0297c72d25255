import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, expectAccessible, test } from './fixtures';
import { GROUND, ShopPage } from './shopPage';

const STRICT =
  "default-src 'none'; script-src 'nonce-shop' 'strict-dynamic'; style-src 'none'; connect-src *; require-trusted-types-for 'script'";

test('before the chat is opened a page loads the loader alone, without a layout shift', async ({
  openBrowser,
  stack,
}) => {
  const { context, network } = await openBrowser();
  const customer = await ShopPage.embed(
    context,
    network,
    stack.demo,
    (src) => `<body><script async src="${src}"></script><h1>Shop</h1><p>${'Words '.repeat(500)}</p>`,
  );
  await customer.button.waitFor();
  const moved = await customer.page.evaluate(
    () =>
      new Promise<number>((done) => {
        new PerformanceObserver((list) =>
          done(list.getEntries().reduce((sum, it) => sum + (it as unknown as { value: number }).value, 0)),
        ).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => done(0), 500);
      }),
  );
  expect(moved).toBe(0);
  const loaded = await customer.page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => /widget|config/.test(name)),
  );
  expect(loaded).toEqual([expect.stringMatching(/widget\/rejoin\.js$/)]);
});

test('a strict content security policy with nonces and trusted types reports no violation', async ({
  openBrowser,
  stack,
}) => {
  const { context, network } = await openBrowser();
  const complaints: string[] = [];
  context.on('console', (message) => complaints.push(message.text()));
  const shop = await ShopPage.embed(
    context,
    network,
    stack.demo,
    (src) => `<body><script nonce="shop" async src="${src}" data-accent="#7a2048"></script>`,
    { 'content-security-policy': STRICT },
  );
  await shop.start('Nonce', 'Does it work?');
  await expect(shop.waiting).toBeVisible();
  await expect(shop.button).toHaveCSS('background-color', 'rgb(122, 32, 72)');
  expect(complaints.filter((text) => /policy|trusted/i.test(text))).toEqual([]);
  await shop.leave();
});

test('the pinned loader and the panel that it loads are checked by their integrity', async ({
  openBrowser,
  stack,
}) => {
  const { context, network } = await openBrowser();
  const manifest = JSON.parse(
    readFileSync(resolve(import.meta.dirname, '../dist/widget/manifest.json'), 'utf8'),
  );
  const pinned = (src: string) =>
    `<body><script async src="${src.replace('rejoin.js', manifest.src)}" integrity="${manifest.integrity}" crossorigin></script>`;
  const shop = await ShopPage.embed(context, network, stack.demo, pinned);
  await shop.open();
  await expect(shop.chat.getByLabel(shop.words.ask)).toBeVisible();

  await context.route(/panel-.*\.js/, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'document.title = "taken over"' }),
  );
  const other = await ShopPage.embed(context, network, stack.demo, pinned);
  await other.button.click();
  await expect(other.page).toHaveTitle('Shop');
  await expect(other.chat).toBeHidden();
  const code = readFileSync(resolve(import.meta.dirname, '../dist/widget', manifest.src));
  expect(manifest.integrity).toBe(`sha384-${createHash('sha384').update(code).digest('base64')}`);
});

test('without a secure context the console has one warning, and visitors see nothing', async ({
  openBrowser,
  stack,
}) => {
  const { context, network } = await openBrowser();
  const logged: string[] = [];
  context.on('console', (message) => logged.push(message.text()));
  await context.addInitScript(() => Object.defineProperty(window, 'isSecureContext', { value: false }));
  const shop = await ShopPage.embed(
    context,
    network,
    stack.demo,
    (src) =>
      `<body><script>(window.rejoin ||= []).push((chat) => chat.open())</script><script src="${src}"></script><script src="${src}"></script>`,
  );
  await shop.page.waitForLoadState();
  await expect(shop.button).toHaveCount(0);
  expect(logged.filter((text) => text.startsWith('Rejoin'))).toHaveLength(1);
});

test('the API: calls before the script has loaded, and events', async ({ openBrowser, stack }) => {
  const { context, network } = await openBrowser();
  const shop = await ShopPage.embed(
    context,
    network,
    stack.demo,
    (src) => `<body><script>
      window.events = [];
      (window.rejoin ||= []).push((chat) => {
        for (const event of ['open', 'close', 'unread']) chat.addEventListener(event, ({ detail }) => window.events.push([event, detail]));
        chat.profile({ name: 'Page Visitor' });
        chat.page({ url: 'https://shop.example/checkout', title: 'Checkout' });
        chat.open();
      });
    </script><script async src="${src}"></script>`,
  );
  await shop.chat.waitFor();
  await expect(shop.chat.getByLabel(shop.words.ask)).toBeFocused();
  await expect(shop.chat.getByLabel(shop.words.name)).toBeHidden();
  await shop.page.evaluate(() => (window.rejoin as unknown as { close(): void }).close());
  await expect(shop.chat).toBeHidden();
  expect(await shop.page.evaluate(() => (window as unknown as { events: unknown }).events)).toEqual([
    ['open', null],
    ['close', null],
  ]);
});

test('texts of a right-to-left language, on the left side, in the dark theme', async ({
  openBrowser,
  stack,
}) => {
  const { context, network } = await openBrowser({ viewport: { width: 900, height: 700 } });
  const own = { dir: 'rtl', title: 'تحدث معنا', ask: 'كيف يمكننا مساعدتك؟', start: 'ابدأ' };
  const shop = await ShopPage.embed(
    context,
    network,
    stack.demo,
    (src) =>
      `<body><script async src="${src}" data-lang="ar" data-label="افتح" data-position="left" data-theme="dark" data-ask="name,email*,topic" data-texts='${JSON.stringify(own)}'></script>`,
  );
  await expect(shop.button).toHaveAccessibleName('افتح');
  await shop.button.click();
  const dialog = shop.page.getByRole('dialog', { name: own.title });
  await expect(dialog.getByRole('heading')).toHaveText(own.title);
  await expect(dialog).toHaveCSS('direction', 'rtl');
  await expect(dialog).toHaveCSS('background-color', GROUND.dark);
  expect((await dialog.boundingBox())?.x).toBeLessThan(40);
  await expect(dialog.locator('input[name=name]')).toBeFocused();
  await expectAccessible(shop.page);
});

test('without storage the chat lasts as long as the page', async ({ openBrowser, stack }) => {
  const { context, network } = await openBrowser();
  await context.addInitScript(() => {
    const denied = {
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    };
    Object.defineProperty(window, 'localStorage', denied);
    Object.defineProperty(window, 'sessionStorage', denied);
  });
  const embed = (src: string) => `<body><script async src="${src}"></script>`;
  const shop = await ShopPage.embed(context, network, stack.demo, embed);
  await shop.start('Nobody', 'Hello');
  await expect(shop.waiting).toBeVisible();
  await shop.chat.getByRole('button', { name: shop.words.sound, pressed: true }).click();
  await expect(shop.chat.getByRole('button', { name: shop.words.sound, pressed: false })).toBeVisible();
  await shop.leave();
});

test('where the browser refuses storage for keys, the console says why', async ({ openBrowser, stack }) => {
  const { context, network } = await openBrowser();
  const logged: string[] = [];
  context.on('console', (message) => logged.push(message.text()));
  await context.addInitScript(() =>
    Object.defineProperty(window, 'indexedDB', {
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    }),
  );
  const shop = await ShopPage.embed(
    context,
    network,
    stack.demo,
    (src) => `<body><script async src="${src}"></script>`,
  );
  await shop.open();
  await expect(shop.chat.getByRole('status').filter({ hasText: shop.words.refused })).toBeVisible();
  const causes = new Set(logged.filter((text) => text.startsWith('Rejoin')));
  expect([...causes]).toEqual(['Rejoin: SecurityError: denied']);
});
