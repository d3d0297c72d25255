import { expect, test } from './fixtures';
import { tellHours } from './serving';
import { ShopPage } from './shopPage';

test.use({ on: 'memory' });

/** Screens with safe area insets, some with an on-screen keyboard; `above` is the height above it. All px. */
const SCREENS = {
  upright: { width: 390, height: 844, insets: { top: 47, bottom: 34 } },
  'on its side': { width: 844, height: 390, insets: { left: 47, right: 47, bottom: 21 } },
  'with a keyboard': { width: 844, height: 390, insets: { left: 47, right: 47, bottom: 21 }, above: 150 },
  'at 400 %': { width: 320, height: 200, insets: {} },
};

for (const [name, { width, height, insets, ...rest }] of Object.entries(SCREENS))
  test(`the chat stays within the safe area and above the keyboard: ${name}`, async ({
    openBrowser,
    stack,
  }) => {
    const { context, network } = await openBrowser({
      viewport: { width, height },
      hasTouch: true,
      isMobile: true,
    });
    const shop = await ShopPage.embed(
      context,
      network,
      stack.demo,
      (src) =>
        `<meta name="viewport" content="width=device-width, viewport-fit=cover"><body><script async src="${src}" data-ask="name,email,topic"></script>`,
    );
    const { top = 0, bottom = 0, left = 0, right = 0 } = insets as Partial<Record<string, number>>;
    const tools = await context.newCDPSession(shop.page);
    await tools.send('Emulation.setSafeAreaInsetsOverride', { insets: { top, bottom, left, right } });
    const seen = 'above' in rest ? rest.above : height;
    /** The element is entirely within the visible area. */
    const clear = async (part: typeof shop.field, until = height - bottom) => {
      const box = await part.boundingBox();
      if (!box) throw new Error('not there');
      expect(box.y).toBeGreaterThanOrEqual(top);
      expect(box.y + box.height).toBeLessThanOrEqual(until);
      expect(box.x).toBeGreaterThanOrEqual(left);
      expect(box.x + box.width).toBeLessThanOrEqual(width - right);
    };
    await clear(shop.button);
    await shop.open();
    await clear(shop.chat.getByRole('heading'));
    const question = shop.chat.getByLabel(shop.words.ask);
    // The form appears with the first answer, with the focus in its first field.
    await expect(question).toBeVisible();
    await question.focus();
    await shop.page.evaluate((above) => {
      Object.defineProperty(visualViewport, 'height', { value: above });
      visualViewport?.dispatchEvent(new Event('resize'));
    }, seen);
    const until = seen < height ? seen : height - bottom;
    await clear(question, until);
    await question.fill('Hello');
    await shop.startButton.click();
    await expect(shop.chat.getByRole('log')).toContainText('Hello');
    await shop.field.fill('Many\nlines\nof\nit');
    await clear(shop.field, until);
    await shop.leave();
  });

test('pinch zoom does not shrink the chat', async ({ openShop }) => {
  const customer = await openShop({ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true });
  await customer.open();
  await customer.page.evaluate(() => {
    Object.defineProperty(visualViewport, 'height', { value: 390 });
    Object.defineProperty(visualViewport, 'scale', { value: 2 });
    visualViewport?.dispatchEvent(new Event('resize'));
  });
  expect((await customer.chat.boundingBox())?.height).toBe(780);
});

for (const viewport of [
  { width: 390, height: 780 },
  { width: 1280, height: 620 },
])
  test(`the whole chat stays on a screen of ${viewport.width} × ${viewport.height} in a page with zoom`, async ({
    openShop,
  }) => {
    const customer = await openShop({ viewport });
    for (const zoom of [1.25, 2]) {
      await customer.page.evaluate((zoom) => {
        document.documentElement.style.zoom = `${zoom}`;
      }, zoom);
      await customer.open();
      const { y, height } = (await customer.chat.boundingBox()) ?? { y: -1, height: 0 };
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y + height).toBeLessThanOrEqual(viewport.height);
      await expect(customer.chat.getByRole('button', { name: customer.words.close })).toBeInViewport({
        ratio: 1,
      });
      await customer.minimise();
    }
  });

test('Korean is broken between words, in the header too', async ({ openShop }) => {
  const customer = await openShop({ lang: 'ko', viewport: { width: 320, height: 780 } });
  tellHours(customer.network, { state: 'open' });
  await customer.open();
  const intro = customer.chat.getByText(customer.words.intro);
  await expect(intro).toBeVisible();
  for (const width of [320, 280, 240, 200]) {
    await customer.page.setViewportSize({ width, height: 780 });
    const broken = await intro.evaluate(({ firstChild: text }) =>
      [...`${text?.textContent}`.matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
        const range = new Range();
        range.setStart(text as Node, index);
        range.setEnd(text as Node, index + word.length);
        return range.getClientRects().length > 1 ? word : [];
      }),
    );
    expect(broken, `${width} px wide`).toEqual([]);
  }
});
