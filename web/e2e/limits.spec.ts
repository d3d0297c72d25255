import { expect, expectAccessible, picture, test, uniqueName } from './fixtures';
import type { Network } from './network';
import { ShopPage } from './shopPage';

const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

/** Refuses starts or texts by an error, in the gateway's place. */
function refuse(network: Network, which: 'start' | 'no', code: string): void {
  network.answers = ({ [which]: refused, id: re, room, no }) =>
    refused
      ? { type: 'error', re, room, no, code, message: 'Sorry.', retry: code === 'rate_limited' }
      : undefined;
}

for (const lang of ['en', 'ko'] as const)
  for (const colorScheme of ['light', 'dark'] as const)
    for (const [size, screen] of [
      ['wide', {}],
      ['phone', PHONE],
    ] as const)
      test(`too many people wait: ${lang}, ${colorScheme}, ${size}`, async ({
        openShop,
        openConsole,
      }, info) => {
        const question =
          lang === 'ko' ? '머그가 전자레인지에 들어가나요?' : 'Does the mug go into the microwave?';
        const name = uniqueName(lang === 'ko' ? '박민아' : 'Mina');
        const customer = await openShop({ lang, colorScheme, ...screen });
        const { words, chat, page, network } = customer;
        refuse(network, 'start', 'full');
        await customer.start(name, question);
        await expect(chat.getByRole('alert')).toHaveText(words.full);
        await expect(customer.log.locator('.failed')).toContainText([words.failed]);
        await expect(customer.text(question)).toBeVisible();
        await expectAccessible(page);
        await picture(page, info.outputPath('full.png'));

        await chat.getByRole('button', { name: words.again }).click();
        await expect(chat.getByRole('alert')).toHaveText(words.full);
        network.answers = undefined;
        await chat.getByRole('button', { name: words.again }).click();
        await expect(chat.getByRole('alert')).toBeEmpty();
        await expect(customer.log.getByText(words.delivered)).toBeVisible();
        const agent = await openConsole(0, { lang });
        await agent.take(name); // the name that was entered is kept
        await expect(agent.text(question)).toBeVisible();
      });

test('a text that was refused as too fast says so until it is sent', async ({ talk }) => {
  const { customer, agent } = await talk('Hello');
  const { chat, words, network } = customer;
  refuse(network, 'no', 'rate_limited');
  await customer.say('Wait for me');
  await expect(chat.getByRole('alert')).toHaveText(words.rate_limited, { timeout: 20_000 });
  network.answers = undefined;
  await chat.getByRole('button', { name: words.again }).click();
  await expect(agent.text('Wait for me')).toBeVisible();
  await expect(chat.getByRole('alert')).toBeEmpty();
});

test('a shop names another way in its own words, as a link', async ({ openBrowser, stack }) => {
  const { context, network } = await openBrowser();
  const own = { full: 'Write to https://shop.example/help instead.' };
  const shop = await ShopPage.embed(
    context,
    network,
    stack.demo,
    (loader) => `<script async src="${loader}" data-texts='${JSON.stringify(own)}'></script>`,
  );
  refuse(network, 'start', 'full');
  await shop.start('Ada', 'Hello');
  const notice = shop.chat.getByRole('alert');
  await expect(notice).toHaveText(own.full);
  await expect(notice.getByRole('link')).toHaveAttribute('href', 'https://shop.example/help');
});
