import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, picture, test, uniqueName } from './fixtures';
import { tellHours } from './serving';

const IMAGES = resolve(import.meta.dirname, '../../docs/images');
const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

/** The screenshots in the documentation. */
const PICTURES: Record<string, string> = {
  'start en light wide': 'widget-start.png',
  'waiting ko dark phone': 'widget-waiting.png',
  'talking en dark wide': 'widget-talking.png',
  'rated ko light phone': 'widget-rated.png',
};

for (const lang of ['en', 'ko'] as const)
  for (const colorScheme of ['light', 'dark'] as const)
    for (const [size, screen] of [
      ['wide', {}],
      ['phone', PHONE],
    ] as const)
      test(`every screen of a chat: ${lang}, ${colorScheme}, ${size}`, async ({
        openShop,
        openConsole,
      }, info) => {
        const shot = async (page: Page, name: string) => {
          await expectAccessible(page);
          const file = PICTURES[`${name} ${lang} ${colorScheme} ${size}`];
          // The documentation shows the panel alone, since a page around it would leave the words too small to read.
          const part = file && size === 'wide' ? page.getByRole('dialog') : page;
          await picture(part, file ? resolve(IMAGES, file) : info.outputPath(`${name}.png`));
        };
        const korean = lang === 'ko';
        const name = uniqueName(korean ? '박민아' : 'Mina');
        const customer = await openShop({ lang, colorScheme, ...screen });
        const { words } = customer;
        tellHours(customer.network, { state: 'open' });
        await shot(customer.page, 'shop');
        await customer.open();
        await expect(customer.chat.getByLabel(words.name)).toBeFocused();
        await customer.chat.getByLabel(words.name).fill(name);
        await customer.chat
          .getByLabel(words.ask)
          .fill(korean ? '머그가 전자레인지에 들어가나요?' : 'Does the mug go into the microwave?');
        await shot(customer.page, 'start');
        await customer.startButton.click();
        await expect(customer.waiting).toBeVisible();
        await expect(customer.field).toBeFocused();
        await expect(customer.log.getByText(words.delivered)).toBeVisible();
        await shot(customer.page, 'waiting');

        const agent = await openConsole(0, { lang, colorScheme, ...screen });
        await expect(agent.waiting(name)).toBeVisible();
        await shot(agent.page, 'queue');
        await agent.take(name);
        const answer = korean
          ? '네, 물론입니다. 데운 뒤에는 손잡이가 뜨거울 수 있어요. https://example.com/care'
          : 'It does. The handle may be hot afterwards: https://example.com/care';
        await agent.say(answer);
        await customer.say(korean ? '감사합니다!' : 'Thank you!');
        await agent.field.pressSequentially('…');
        await expect(customer.text(answer)).toBeVisible();
        await expect(customer.log.getByText(words.read)).toBeVisible();
        await expect(agent.log.locator('time')).not.toHaveCount(0);
        await shot(agent.page, 'room');
        await shot(customer.page, 'talking');

        await agent.page.getByRole('button', { name: agent.words.end, exact: true }).click();
        await shot(agent.page, 'asked');
        await agent.page.getByRole('button', { name: agent.words.endConfirmButton, exact: true }).click();
        await expect(agent.field).toBeHidden();
        await expect(customer.chat.getByRole('heading', { name: words.ended, exact: true })).toBeFocused();
        await shot(customer.page, 'over');
        await customer.chat.getByRole('button', { name: words.anew }).focus();
        await customer.page.keyboard.press('Shift+Tab');
        await customer.page.keyboard.press('ArrowLeft');
        await expect(customer.chat.getByRole('radio', { name: '4 / 5' })).toBeChecked();
        await customer.page.keyboard.press('Tab');
        await customer.page.keyboard.type(korean ? '빠르고 친절했어요' : 'Quick and kind');
        await shot(customer.page, 'rated');
        await customer.page.keyboard.press('Tab');
        await customer.page.keyboard.press('Enter');
        await expect(customer.chat.getByText(words.thanks)).toBeVisible();

        await customer.page.keyboard.press('Escape');
        await expect(customer.chat).toBeHidden();
        await expect(customer.page.getByRole('button', { name: words.open, exact: true })).toBeFocused();
        await customer.page.reload();
        await customer.open();
        await expect(customer.chat.getByText(words.thanks)).toBeVisible();
        await expect(customer.chat.getByRole('radio', { name: '4 / 5' })).toBeChecked();
      });

test('Enter that ends a composition does not send', async ({ openShop }) => {
  const customer = await openShop();
  await customer.start(uniqueName(), 'Hello');
  await customer.field.fill('안녕');
  await customer.field.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
  await customer.field.dispatchEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true });
  await expect(customer.field).toHaveValue('안녕');
  await customer.field.press('Shift+Enter');
  await expect(customer.field).toHaveValue('안녕\n');
  await customer.field.press('Enter');
  await expect(customer.field).toHaveValue('');
  await expect(customer.log.locator('.customer.stored')).toHaveText([/Hello/, /안녕/]);
});

test('a minimised chat counts new messages', async ({ talk }) => {
  const { customer, agent } = await talk('Hello');
  await customer.page.keyboard.press('Escape');
  await agent.say('One');
  await agent.say('Two');
  await expect(customer.page.getByRole('button', { name: 'Chat. New messages: 2' })).toBeVisible();
  await customer.open();
  await expect(agent.log.getByText('Read', { exact: false })).toBeVisible();
});

test('the screenshot of the README', async ({ openShop, openConsole, browser }) => {
  // Side by side about as wide as GitHub shows a README, so that the words can be read there.
  const sharp = { deviceScaleFactor: 2 };
  const customer = await openShop({ viewport: { width: 500, height: 670 }, ...sharp });
  const agent = await openConsole(0, { viewport: { width: 500, height: 670 }, ...sharp });
  const name = 'Mina Park';
  await customer.start(name, 'Hi! My teapot arrived without its lid.');
  await agent.take(name);
  await agent.say('I am sorry to hear that, Mina. I will send a lid today.');
  await customer.say('That is kind, thank you!');
  await expect(agent.text('That is kind')).toBeVisible();
  await agent.say('It ships this afternoon. Anything else?');
  await expect(customer.text('It ships this afternoon')).toBeVisible();
  await expect(agent.log.getByText('Read', { exact: false })).toBeVisible();
  const pictures = await Promise.all([customer, agent].map(({ page }) => page.screenshot()));
  const both = await browser.newPage({ viewport: { width: 1060, height: 710 }, ...sharp });
  const images = pictures.map((it) => `<img src="data:image/png;base64,${it.toString('base64')}">`).join('');
  await both.setContent(
    `<style>body{margin:0;display:flex;gap:20px;padding:20px 0;justify-content:center;background:#e4ebe7}img{width:500px;border-radius:14px;box-shadow:0 6px 20px #0a28222e}</style>${images}`,
  );
  await picture(both, resolve(IMAGES, 'talking.png'));
  await both.close();
  await agent.page.getByRole('button', { name: agent.words.end, exact: true }).click();
  await agent.page.getByRole('button', { name: agent.words.endConfirmButton, exact: true }).click();
  await customer.chat.getByRole('button', { name: customer.words.anew }).waitFor();
});
