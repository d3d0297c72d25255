import type { Serving } from '../client/wire/protocol';
import { expect, expectAccessible, expectTargetSize, picture, test, uniqueName } from './fixtures';
import { tellHours } from './serving';
import { ShopPage } from './shopPage';

test.use({ on: 'memory' }); // the page alone: what the server says of its hours is written here

const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };
/** Far enough for a date, whichever day it is. */
const LATER = Math.ceil(Date.now() / 3_600_000 + 30 * 24) * 3_600_000;
const CLOSED: Serving = { state: 'closed', until: LATER, zone: 'Asia/Seoul' };
const NOBODY: Serving = { state: 'nobody' };

/** What the page makes of LATER; `Asia/Seoul` is nine hours ahead of the tests' browsers. */
const times = (customer: ShopPage, korean: boolean) =>
  customer.page.evaluate(
    ([at, lang]) => {
      const write = (options: Intl.DateTimeFormatOptions) => new Date(at).toLocaleString(lang, options);
      const shop = { timeZone: 'Asia/Seoul' };
      const sameDay = write({ dateStyle: 'short' }) === write({ dateStyle: 'short', ...shop });
      return {
        day: write({ month: 'long', day: 'numeric' }),
        time: write({ timeStyle: 'short' }),
        ours: `${sameDay ? '' : `${write({ weekday: 'short', ...shop })} `}${write({ timeStyle: 'short', ...shop })}`,
      };
    },
    [LATER, korean ? 'ko' : 'en-US'] as const,
  );

const filled = (words: string, values: Record<string, string>) =>
  words.replace(/{(\w+)}/g, (_, name) => values[name] ?? '');

for (const lang of ['en', 'ko'] as const)
  for (const colorScheme of ['light', 'dark'] as const)
    for (const [size, screen] of [
      ['wide', {}],
      ['phone', PHONE],
    ] as const)
      test(`a closed shop takes a question: ${lang}, ${colorScheme}, ${size}`, async ({ openShop }, info) => {
        const customer = await openShop({ lang, colorScheme, timezoneId: 'UTC', ...screen });
        const { words, chat, page, network } = customer;
        tellHours(network, CLOSED);
        const shot = async (name: string) => {
          await expectAccessible(page);
          await picture(page, info.outputPath(`${name}.png`));
        };
        const { day, time, ours } = await times(customer, lang === 'ko');
        const when = (word: string) =>
          filled(words.ours, {
            when: filled(word, { day: filled(words.day, { day }), time }),
            time: ours,
          });

        await customer.open();
        const notice = chat.locator('.hours');
        await expect(notice).toHaveRole('status');
        await expect(notice).toHaveText(
          `${words.closed} ${filled(words.back, { when: when(words.at) })} ${words.leave}`,
        );
        await expect(chat.getByRole('heading', { name: words.leaveTitle, exact: true })).toBeVisible();
        await expect(chat.getByText(words.intro)).toHaveCount(0);
        const email = chat.getByLabel(words.email);
        await expect(email).toHaveAccessibleName(`${words.email} ${words.optional}`);
        await expect(email).toHaveAccessibleDescription(words.emailWhy);
        await expectTargetSize(page, 24);
        await shot('leave');

        // By keyboard: the name has the focus.
        const korean = lang === 'ko';
        const question = korean ? '머그가 전자레인지에 들어가나요?' : 'Does the mug go into the microwave?';
        await expect(chat.getByLabel(words.name)).toBeFocused();
        await page.keyboard.insertText(uniqueName(korean ? '박민아' : 'Mina'));
        await page.keyboard.press('Tab');
        await expect(email).toBeFocused();
        await page.keyboard.insertText('mina@example.com');
        await page.keyboard.press('Tab');
        await expect(chat.getByLabel(words.topic)).toBeFocused();
        await page.keyboard.press('Tab');
        await page.keyboard.insertText(question);
        await page.keyboard.press('Tab');
        const leave = chat.getByRole('button', { name: words.leaveSend, exact: true });
        await expect(leave).toBeFocused();
        await page.keyboard.press('Enter');

        await expect(notice).toHaveText(filled(words.keptUntil, { when: when(words.after) }));
        await expect(customer.text(question)).toBeVisible();
        await expect(customer.log.getByText(words.delivered)).toBeVisible();
        await expect(chat.locator('.queue-position')).toBeHidden();
        await expect(customer.field).toBeFocused();
        await expect(chat.getByRole('heading', { name: words.title, exact: true })).toBeVisible();
        await shot('left');

        // No place is shown after a reload either, not even for a moment that can be seen.
        await page.reload();
        await customer.open();
        await expect(notice).toHaveText(filled(words.keptUntil, { when: when(words.after) }));
        await expect(chat.locator('.queue-position')).toBeHidden();

        tellHours(network, { state: 'open' });
        await page.reload();
        await customer.open();
        await expect(chat.locator('.queue-position')).toHaveText(words.next);
        await expect(notice).toBeHidden();
      });

test('nobody is there, and the shop demands an address', async ({ openShop }, info) => {
  const customer = await openShop();
  const { words, chat, page, network } = customer;
  tellHours(network, { ...NOBODY, email: 'required' });
  const profiles: unknown[] = [];
  network.answers = ({ action, start, id: re, profile }) => {
    if (action === 'join' && start) profiles.push(profile);
    // As the server answers, which knows of addresses more than browsers do.
    return start && !/@.+\./.test(JSON.stringify(profile))
      ? { type: 'error', re, code: 'invalid', message: 'This is not an e-mail address.', retry: false }
      : undefined;
  };
  await customer.open();
  await expect(chat.locator('.hours')).toHaveText(`${words.nobody} ${words.leave}`);
  const email = chat.getByLabel(words.email);
  await expect(email).toHaveAccessibleName(words.email);
  const name = uniqueName();
  await chat.getByLabel(words.name).fill(name);
  await chat.getByLabel(words.ask).fill('Do you repair handles?');
  await customer.startButton.click();
  await expect(email).toBeFocused();
  await expect(email).toHaveAccessibleDescription(`${words.needed} ${words.emailWhy}`);
  expect(profiles).toEqual([]);

  await email.fill('mina@shop');
  await expect(email).toHaveAccessibleDescription(words.emailWhy);
  await customer.startButton.click();
  await expect(email).toHaveAccessibleDescription(`${words.invalid} ${words.emailWhy}`);
  await expect(email).toBeFocused();
  await expect(email).toHaveAttribute('aria-invalid', 'true');
  const question = chat.getByLabel(words.ask);
  await expect(question).toHaveValue('Do you repair handles?');
  await expect(chat.getByLabel(words.name)).toHaveValue(name);
  await expectAccessible(page);
  await picture(page, info.outputPath('refused.png'));

  await email.fill('mina@shop.example');
  await question.press('End');
  await question.pressSequentially(' And lids?');
  await customer.startButton.click();
  await expect(chat.locator('.hours')).toHaveText(words.kept);
  await expect(customer.log.locator('.customer')).toHaveText([/Do you repair handles\? And lids\?/]);
  await expect(customer.log.locator('.failed')).toHaveCount(0);
  expect(profiles).toHaveLength(2);
  expect(profiles[1]).toMatchObject({ name, email: 'mina@shop.example' });
});

test('the last agent leaves while the form is open: the question comes back into a form that asks for an address', async ({
  openShop,
}) => {
  const customer = await openShop();
  const { words, chat, network } = customer;
  tellHours(network, { state: 'open' });
  await customer.open();
  await expect(customer.startButton).toHaveText(words.start);
  await chat.getByLabel(words.name).fill(uniqueName());
  await chat.getByLabel(words.ask).fill('Do you repair handles?');
  tellHours(network, { ...NOBODY, email: 'required' });
  network.answers = ({ start, id: re, profile }) =>
    start && !(profile as { email?: string })?.email
      ? { type: 'error', re, code: 'invalid', message: 'Please give an address.', retry: false }
      : undefined;
  await customer.startButton.click();
  const email = chat.getByLabel(words.email);
  await expect(email).toBeFocused();
  await expect(email).toHaveAccessibleDescription(`${words.needed} ${words.emailWhy}`);
  await expect(chat.getByLabel(words.ask)).toHaveValue('Do you repair handles?');
  await email.fill('mina@shop.example');
  await email.press('Enter');
  await expect(chat.locator('.hours')).toHaveText(words.kept);
  await expect(customer.text('Do you repair handles?')).toHaveCount(1);
});

/** A token with these claims that no server has to accept: only the page reads it. */
const claims = (it: object) => `e30.${Buffer.from(JSON.stringify(it)).toString('base64url')}.`;

for (const [how, script, asked] of [
  [
    'the page',
    `<script>(window.rejoin ||= []).push((chat) => chat.profile({ email: 'a@b.example' }))</script>`,
    0,
  ],
  ['a token', `data-token="${claims({ sub: 'mina', email: 'mina@b.example' })}"`, 0],
  ['a token without an address', `data-token="${claims({ sub: 'mina' })}"`, 1],
  ['data-ask', 'data-ask="name,email*"', 1],
] as const)
  test(`an address is asked for once, and not if it is known: ${how}`, async ({ openBrowser, stack }) => {
    const { context, network } = await openBrowser();
    const attributes = script.startsWith('<') ? '' : script;
    const shop = await ShopPage.embed(
      context,
      network,
      stack.demo,
      (src) => `<body>${attributes ? '' : script}<script async src="${src}" ${attributes}></script>`,
    );
    tellHours(network, NOBODY);
    // The first join is answered here, as a deployed stack refuses these tokens.
    network.answers = ({ action, id: re }) =>
      action === 'join'
        ? { type: 'room', re, room: null, messages: [], void: [], through: 0, more: false, hours: NOBODY }
        : undefined;
    await shop.open();
    await expect(shop.chat.getByRole('heading', { name: shop.words.leaveTitle, exact: true })).toBeVisible();
    const email = shop.chat.locator('input[type=email]').filter({ visible: true });
    await expect(email).toHaveCount(asked);
    if (how === 'data-ask') await expect(email).toHaveAttribute('required');
  });

test('what was kept, and what nobody could answer, says so', async ({ openShop }, info) => {
  const customer = await openShop();
  const { words, chat, page, network } = customer;
  await customer.start(uniqueName(), 'Do you repair handles?');
  await expect(customer.log.getByText(words.delivered)).toBeVisible();
  network.rewritesIncoming = (text) => {
    const frame = JSON.parse(text);
    if (frame.type !== 'room' || !frame.room?.created) return text;
    const { room, messages = [] } = frame;
    const [opened] = messages;
    const ended = { status: 'ended', reason: 'expired', ended: room.created + 7 * 86_400_000 };
    return JSON.stringify({
      ...frame,
      room: { ...room, ...ended },
      messages: opened ? [{ ...opened, event: 'left' }, ...messages.slice(1)] : messages,
    });
  };
  // What the browser keeps of a chat is drawn until the server has answered.
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await customer.open();
  await expect(chat.getByText(words.expired.replace('{days}', '7 days'))).toBeVisible();
  await expect(chat.locator('.event', { hasText: words.left })).toBeVisible();
  await expect(chat.getByRole('button', { name: words.anew })).toBeVisible();
  await expectAccessible(page);
  await picture(page, info.outputPath('expired.png'));
  network.rewritesIncoming = (text) => text;
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await customer.open();
});
