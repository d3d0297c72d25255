import { expect, expectAccessible, test, uniqueName } from './fixtures';
import { tellHours } from './serving';
import { ShopPage } from './shopPage';

const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

for (const lang of ['en', 'ko'] as const)
  test(`ending a chat asks first, and can be cancelled: ${lang}`, async ({ openShop }) => {
    const customer = await openShop({ lang, ...PHONE });
    const { chat, words, page } = customer;
    await customer.start(uniqueName(), 'Hello');
    await expect(customer.field).toBeFocused();
    const summary = chat.locator('summary');
    await summary.click();
    const question = chat.getByText(words.endSure, { exact: true });
    await expect(question).toBeInViewport({ ratio: 1 });
    // The question is on one line.
    expect((await question.boundingBox())?.height).toBeLessThan(30);
    await expectAccessible(page);
    const cancel = chat.getByRole('button', { name: words.cancel, exact: true });
    await expect(cancel).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(question).toBeHidden();
    await expect(chat).toBeVisible();
    await expect(summary).toBeFocused();
    await page.keyboard.press('Enter');
    await cancel.click();
    await expect(question).toBeHidden();
    await expect(summary).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(chat).toBeHidden();
    // On a second Escape without user activation, browsers close a modal without a cancel event.
    await customer.open();
    await page.keyboard.press('Escape');
    await expect(chat).toBeHidden();
    await expect(customer.button).toHaveAttribute('aria-expanded', 'false');
  });

test('the draft at the end of a chat becomes the next question', async ({ talk }) => {
  const { customer, agent } = await talk('Hello');
  const { chat, words, page } = customer;
  await customer.field.pressSequentially('Half a thought');
  const ends = agent.page.getByRole('button', { name: agent.words.end, exact: true });
  await ends.click();
  await agent.page.getByRole('button', { name: agent.words.endConfirmButton, exact: true }).click();
  await expect(chat.getByRole('heading', { name: words.ended, exact: true })).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  const anew = chat.getByRole('button', { name: words.anew });
  await expect(anew).toBeVisible();

  await page.reload();
  await customer.open();
  await anew.click();
  const question = chat.getByLabel(words.ask);
  await expect(question).toHaveValue('Half a thought');
  await question.press('End');
  await question.pressSequentially(', and the rest');
  await customer.startButton.click();
  await expect(customer.text('Half a thought, and the rest')).toBeVisible();
  await expect(customer.field).toHaveValue('');
  await page.reload();
  await customer.open();
  await expect(customer.field).toHaveValue('');
});

test('after the rating no key starts a chat', async ({ talk }) => {
  const { customer } = await talk('Hello');
  const { chat, words, page } = customer;
  await customer.end();
  const star = chat.getByRole('radio', { name: '4 / 5' });
  const drawn = () =>
    chat
      .getByRole('radio')
      .evaluateAll((stars) => stars.map((it) => getComputedStyle(it, '::before').content[1]).join(''));
  await star.focus();
  expect(await drawn()).toBe('☆☆☆☆☆');
  await page.keyboard.press('Space');
  await expect(star).toBeChecked();
  expect(await drawn()).toBe('★★★★☆');
  await expect(star).toHaveCSS('outline-style', 'solid');
  const comment = chat.getByLabel(words.comment);
  await comment.fill('가'.repeat(1001));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(chat.getByText(words.long.replace('{n}', '1'))).toBeVisible();
  await expect(comment).toBeFocused();
  await comment.fill('Quick');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(chat.getByText(words.thanks)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(chat.getByText(words.thanks)).toBeVisible();
});

test('a new message does not scroll the conversation that is read further up', async ({ talk }) => {
  const { customer, agent } = await talk('Hello');
  const { chat, words } = customer;
  for (let n = 0; n < 12; n++) await customer.say(`Line ${n}\nand more`);
  await expect(agent.text('Line 11')).toBeVisible();
  const scroller = chat.locator('.scroller');
  // Without the browser's scroll anchoring, which WebKit lacks.
  await expect(scroller).toHaveCSS('overflow-anchor', 'none');
  const newest = chat.getByRole('button', { name: words.newest });
  await scroller.evaluate((box) => box.scrollTo(0, -300));
  await expect(newest).toBeHidden();
  const at = async () => (await customer.text('Line 5').boundingBox())?.y ?? 0;
  const before = await at();
  await agent.say('One more\nthing');
  await expect(customer.text('One more')).toBeAttached();
  expect(Math.abs((await at()) - before)).toBeLessThanOrEqual(1);
  await expect(newest).toBeVisible();
  await newest.click();
  await expect(customer.text('One more')).toBeInViewport();
  await expect(newest).toBeHidden();
});

test('the field grows with what is written, and shrinks once it is sent', async ({ talk }) => {
  const { customer } = await talk('Hello');
  const height = async () => (await customer.field.boundingBox())?.height ?? 0;
  await expect(customer.field).toHaveCSS('field-sizing', 'fixed');
  const one = await height();
  await customer.field.fill('One\ntwo\nthree');
  expect(await height()).toBeGreaterThan(one + 40);
  await customer.field.fill('Many\n'.repeat(40));
  expect(await height()).toBeLessThan(200);
  await customer.field.fill('One');
  await customer.field.press('Enter');
  expect(await height()).toBe(one);
});

test('the form shows beside each field what is missing', async ({ openShop }) => {
  const customer = await openShop({ lang: 'ko' });
  const { chat, words, page, network } = customer;
  tellHours(network, { state: 'open' });
  await page.evaluate(() => {
    const script = document.querySelector<HTMLScriptElement>('script[src*=rejoin]');
    if (script) script.dataset.ask = 'name*,email,topic';
  });
  await customer.open();
  const [name, email, topic, question] = (['name', 'email', 'topic', 'ask'] as const).map((key) =>
    chat.getByLabel(words[key]),
  );
  if (!name || !email || !topic || !question) throw new Error('no form');
  await expect(name).toBeFocused();
  await expect(chat.getByText(words.optional)).toHaveCount(2);
  const start = customer.startButton;
  await start.click();
  await expect(name).toBeFocused();
  await expect(name).toHaveAccessibleDescription(words.needed);
  await expect(question).toHaveAccessibleDescription(words.needed);
  await name.fill('가'.repeat(65));
  await expect(name).toHaveAccessibleDescription(words.long.replace('{n}', '1'));
  await name.fill('😀'.repeat(64));
  await expect(name).toHaveAccessibleDescription('');
  await email.fill('mina@');
  await question.fill('Hello');
  await start.click();
  await expect(email).toBeFocused();
  await expect(email).toHaveAccessibleDescription(words.invalid);
  await expectAccessible(page);
  await email.fill('');
  await topic.fill('가'.repeat(101));
  await start.click();
  await expect(topic).toBeFocused();
  await topic.fill('');
  await start.click();
  await expect(chat.locator('.queue-position')).toHaveText(words.next);
});

test('while minimised, a preview shows a new answer until it is read or dismissed', async ({ talk }) => {
  const { customer, agent } = await talk('Hello');
  const { chat, words, page } = customer;
  const preview = page.locator('.preview');
  await agent.say('You are looking');
  await expect(customer.text('You are looking')).toBeVisible();
  await expect(preview).toBeHidden();
  await customer.minimise();
  await agent.say(`<b>We</b> have it in blue. ${'And more of it. '.repeat(30)}`);
  await expect(preview).toContainText('<b>We</b> have it in blue.');
  await expect(preview.getByRole('status')).toContainText(/more of it[^…]*…$/);
  expect((await preview.boundingBox())?.height).toBeLessThan(150);
  await expect(customer.button).toBeFocused();
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 568 });
  await expect(preview).toBeInViewport({ ratio: 1 });

  // Once dismissed it stays hidden, after a page load too, until the next answer.
  await preview.getByRole('button', { name: words.dismiss }).focus();
  await page.keyboard.press('Escape');
  await expect(preview).toBeHidden();
  await expect(customer.button).toBeFocused();
  await page.reload();
  await expect(customer.button).toHaveAccessibleName(/: 1$/);
  await expect(preview).toBeHidden();
  await agent.say('In red too');
  await expect(preview).toContainText('In red too');

  // Reading in another tab hides it here.
  const other = await customer.tab();
  await expect(other.page.locator('.preview')).toContainText('In red too');
  await other.open();
  await expect(other.text('In red too')).toBeVisible();
  await expect(preview).toBeHidden();
  await other.page.close();

  await agent.say('Shall I pack it?');
  await preview.getByRole('button', { name: words.title }).click();
  await expect(chat).toBeVisible();
  await expect(preview).toBeHidden();
  await expect(customer.text('Shall I pack it?')).toBeInViewport();
});

for (const [accent, ground, letters] of [
  ['#ffd400', 'rgb(255, 212, 0)', 'rgb(0, 0, 0)'],
  ['oklch(0.9 0.15 100)', 'oklch(0.9 0.15 100)', 'rgb(0, 0, 0)'],
  ['hsl(240 100% 30%)', 'rgb(0, 0, 153)', 'rgb(255, 255, 255)'],
  ['var(--brand)', 'rgb(255, 192, 203)', 'rgb(0, 0, 0)'],
  ['not a colour', 'rgb(15, 107, 92)', 'rgb(255, 255, 255)'],
] as const)
  test(`text is legible on ${accent}`, async ({ openBrowser, stack }) => {
    const { context, network } = await openBrowser();
    const shop = await ShopPage.embed(
      context,
      network,
      stack.demo,
      (src) =>
        `<style>:root { --brand: pink }</style><body><script async src="${src}" data-accent="${accent}"></script>`,
    );
    // Before the first click only the loader is there.
    expect(await shop.button.evaluate(painted)).toBe(letters);
    await shop.open();
    for (const part of [shop.button, shop.chat.locator('.header')]) {
      await expect(part).toHaveCSS('background-color', ground);
      await expect.poll(() => part.evaluate(painted)).toBe(letters);
    }
    await expectAccessible(shop.page);
  });

test("the text colour follows the page's accent colour, and the shop can override it", async ({
  openBrowser,
  stack,
}) => {
  const { context, network } = await openBrowser({ colorScheme: 'dark' });
  const shop = await ShopPage.embed(
    context,
    network,
    stack.demo,
    (src) => `<style>
      rejoin-chat { --rejoin-accent: #102030 }
      @media (prefers-color-scheme: light) { rejoin-chat { --rejoin-accent: gold } }
      .brown rejoin-chat { --rejoin-on-accent: #fea }
    </style><body><script async src="${src}"></script>`,
  );
  await shop.open();
  const head = shop.chat.locator('.header');
  await expect(head).toHaveCSS('color', 'rgb(255, 255, 255)');
  await shop.page.emulateMedia({ colorScheme: 'light' });
  await expect(head).toHaveCSS('color', 'rgb(0, 0, 0)');
  await shop.page.evaluate(() => document.documentElement.classList.add('brown'));
  await expect(head).toHaveCSS('color', 'rgb(255, 238, 170)');
});

/** In the page: an element's text colour as painted. */
function painted(it: Element): string {
  const canvas = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
  canvas.fillStyle = getComputedStyle(it).color;
  canvas.fillRect(0, 0, 1, 1);
  return `rgb(${[...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).join(', ')})`;
}
