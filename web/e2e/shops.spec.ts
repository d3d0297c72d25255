import { readFileSync } from 'node:fs';
import type { BrowserContext } from '@playwright/test';
import tea from '../demo/tea.json' with { type: 'json' };
import { expect, expectAccessible, test, uniqueName } from './fixtures';
import type { Network } from './network';
import { ShopPage } from './shopPage';
import type { Stack } from './stack';

test.use({ on: 'deployed' }); // the unit tests' server knows one shop

const KEY = 'tea';

/** The page of the second shop. */
const teaHouse = (stack: Stack, context: BrowserContext, network: Network, lang: 'en' | 'ko' = 'en') =>
  ShopPage.visit(context, network, new URL(`tea.html?lang=${lang}`, stack.demo).href, tea.texts[lang]);

test('one browser at two shops is two customers with the same agents', async ({
  openBrowser,
  openConsole,
  stack,
}) => {
  const { context, network } = await openBrowser();
  const [potter, drinker] = [uniqueName('Ida'), uniqueName('Ode')];
  const pots = await ShopPage.visit(context, network, `${stack.demo}?lang=en`);
  const teas = await teaHouse(stack, context, network);

  await expect(teas.button).toHaveCSS('background-color', 'rgb(63, 98, 18)');
  await teas.start(drinker, 'How long does it steep?');
  await expect(teas.waiting).toBeVisible();
  await pots.open();
  await expect(pots.chat.getByLabel(pots.words.ask)).toBeVisible();
  await expectAccessible(teas.page);
  await pots.chat.getByLabel(pots.words.name).fill(potter);
  await pots.chat.getByLabel(pots.words.ask).fill('Does the pot drip?');
  await pots.startButton.click();
  await expect(pots.waiting).toBeVisible();

  const agent = await openConsole('admin');
  const card = (name: string) => agent.page.locator('.queue .card', { hasText: name });
  await expect(card(drinker)).toContainText(tea.name);
  await expect(card(potter)).toBeVisible();
  await expect(card(potter)).not.toContainText(tea.name);
  await expectAccessible(agent.page);

  await agent.take(drinker);
  await expect(agent.page.locator('.room-head')).toContainText(tea.name);
  await agent.say('Three minutes.');
  await expect(teas.text('Three minutes.')).toBeVisible();
  await agent.chat(potter).waitFor({ state: 'detached' });
  await agent.take(potter);
  await agent.room(potter).locator('textarea').fill('It does not.');
  await agent.room(potter).locator('textarea').press('Enter');
  await expect(pots.text('It does not.')).toBeVisible();
  await expect(pots.text('Three minutes.')).toHaveCount(0);
  await expect(teas.text('It does not.')).toHaveCount(0);

  await teas.end();
  await pots.end();
  await agent.view('past');
  const rows = agent.page.locator('tbody tr');
  // An ended chat may be listed with a short delay.
  await expect(async () => {
    await agent.page.reload();
    await expect(rows.filter({ hasText: drinker })).toHaveCount(1, { timeout: 2_000 });
  }).toPass();
  await expect(rows.filter({ hasText: drinker })).toContainText(tea.name);
  await expect(rows.filter({ hasText: potter })).not.toContainText(tea.name);

  await agent.page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }));
  const loading = agent.page.waitForEvent('download');
  await agent.page.getByRole('button', { name: agent.words.downloadCsv }).click();
  const lines = readFileSync(await (await loading).path(), 'utf8').split('\r\n');
  expect(lines.find((it) => it.includes(drinker))).toMatch(new RegExp(`,${KEY}$`));
  expect(lines.find((it) => it.includes(potter))).toMatch(/,$/);
});

test('a shop has its own texts and colours, in Korean too, and loads its file on first use', async ({
  openBrowser,
  stack,
}) => {
  const { context, network } = await openBrowser({ colorScheme: 'dark' });
  const asked: string[] = [];
  context.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const shop = await teaHouse(stack, context, network, 'ko');
  await shop.button.waitFor();
  expect(asked.filter((path) => /sites|config/.test(path))).toEqual([]);
  await shop.open();
  await expect(shop.chat.getByLabel(tea.texts.ko.ask)).toBeVisible();
  await expect(shop.chat).toHaveCSS('border-radius', '6px');
  expect(asked.filter((path) => path.includes('/sites/'))).toEqual([
    expect.stringMatching(/\/sites\/tea\.json$/),
  ]);
  await expectAccessible(shop.page);
});

test('another shop’s page is refused', async ({ openBrowser, stack }) => {
  const { context, network } = await openBrowser();
  // 127.0.0.1 is an origin of the first shop, but not of the tea house.
  const demo = stack.demo.replace('//localhost', '//127.0.0.1');
  const embed = (site: string) => (src: string) => `<body><script async src="${src}" ${site}></script>`;
  const stranger = await ShopPage.embed(context, network, demo, embed(`data-site="${KEY}"`));
  await stranger.button.click();
  const chat = stranger.page.getByRole('dialog', { name: tea.texts.en.title });
  await expect(chat.getByRole('status').filter({ hasText: stranger.words.connecting })).toBeVisible();
  const own = await ShopPage.embed(context, network, demo, embed(''));
  await own.open();
  await expect(own.chat.getByLabel(own.words.ask)).toBeVisible();
  await expect(chat.getByLabel(stranger.words.ask)).toBeHidden();
});
