import { resolve } from 'node:path';
import { expect, expectAccessible, expectTargetSize, picture, test, uniqueName } from './fixtures';
import { type ScriptedCustomer, waitUntil } from './scriptedCustomer';

const IMAGES = resolve(import.meta.dirname, '../../docs/images');
const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };
const TABLET = { viewport: { width: 820, height: 1100 } };
const WIDE = { viewport: { width: 1440, height: 860 } };
/** About as wide as a document is shown, so that the words of the picture can be read there. */
const DOCUMENT = { viewport: { width: 1080, height: 680 }, deviceScaleFactor: 2 };

const kinds = [
  ['en', 'light', 'wide', WIDE],
  ['en', 'dark', 'tablet', TABLET],
  ['ko', 'dark', 'wide', WIDE],
  ['ko', 'light', 'phone', PHONE],
] as const;

for (const [lang, colorScheme, size, screen] of kinds)
  test(`every view of the console: ${lang}, ${colorScheme}, ${size}`, async ({
    openConsole,
    scriptedCustomer,
  }, info) => {
    test.setTimeout(120_000);
    const errors: string[] = [];
    const agent = await openConsole('admin', { lang, colorScheme, ...screen });
    const { page, words } = agent;
    page.on('console', (it) => it.type() === 'error' && errors.push(it.text()));
    const look = async (name: string) => {
      await expectAccessible(page);
      await expectTargetSize(page, size === 'phone' ? 44 : 24);
      await picture(page, info.outputPath(`${name}.png`));
    };
    const name = uniqueName(lang === 'ko' ? '박민아' : 'Mina Park');
    const { session } = scriptedCustomer(name);
    session.start({ email: 'mina@example.com', topic: lang === 'ko' ? '배송' : 'Delivery' });
    session.send(lang === 'ko' ? '찻주전자가 뚜껑 없이 왔어요.' : 'My teapot arrived without its lid.');
    await expect(agent.waiting(name)).toBeVisible();
    await look('queue');
    await agent.take(name);
    await agent.say(lang === 'ko' ? '죄송합니다. 바로 보내 드릴게요.' : 'I am sorry. I will send one today.');
    await agent.field.fill('/');
    await expect(page.locator('.picker')).toBeVisible();
    await look('room');
    await agent.field.fill('');
    await page.getByRole('button', { name: words.customerDetails, exact: true }).click();
    await look('customer');
    await page.keyboard.press('Alt+KeyI');
    await page.keyboard.press('Alt+KeyH');
    await expect(page.getByRole('dialog')).toBeVisible();
    await look('transfer');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+KeyP');
    await expect(page.getByRole('heading', { name: words.view_past, exact: true })).toBeVisible();
    await look('past');
    const first = page.locator('tbody a').first();
    await expect(first.or(page.locator('.empty-state'))).toBeVisible();
    if (await first.isVisible()) {
      await first.click();
      await expect(agent.log).toBeVisible();
      await look('transcript');
    }
    await page.keyboard.press('Alt+KeyM');
    await page.getByRole('button', { name: words.cannedNew }).waitFor();
    await look('canned');
    await page.getByRole('button', { name: words.cannedNew }).click();
    await look('editor');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+KeyS');
    await page.locator('.stats[aria-busy=false]').waitFor();
    await look('stats');
    await page.keyboard.press('Alt+KeyO');
    await page.locator('.hours-form').waitFor();
    await look('hours');
    await page.keyboard.press('Alt+KeyC');
    await page.locator('h1').first().focus();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('?');
    await look('shortcuts');
    await page.keyboard.press('Escape');
    if (size === 'phone') await page.getByRole('button', { name: words.back }).click();
    await agent.menu('notifications');
    await look('notifications');
    await page.keyboard.press('Escape');
    await openConsole('admin', { lang, colorScheme });
    await expect(page.getByText(words.replacedText)).toBeVisible();
    await look('replaced');
    expect(errors).toEqual([]);
  });

test('the screenshots of the guide', async ({ openConsole, scriptedCustomer }) => {
  test.setTimeout(120_000);
  const agent = await openConsole(0, DOCUMENT);
  const { page, words } = agent;
  const answer = async (person: ScriptedCustomer, text: string) => {
    const { name } = person;
    await agent.room(name).locator('textarea').fill(text);
    await agent.room(name).locator('textarea').press('Enter');
    await waitUntil(() => person.texts.includes(text));
  };
  const mina = scriptedCustomer('Mina Park');
  mina.session.start({ email: 'mina.park@example.com', topic: 'Products' });
  mina.session.send('Is the teapot dishwasher safe?');
  await agent.take('Mina Park');
  await answer(mina, 'It is, on the upper rack.');
  await page.keyboard.press('Alt+KeyX');
  await page.getByRole('button', { name: words.endConfirmButton, exact: true }).click();
  await waitUntil(() => mina.session.state.room?.status === 'ended');

  const ask = async (person: ScriptedCustomer, topic: string, question: string) => {
    person.session.start({ topic });
    await expect(agent.waiting(person.name)).toBeVisible();
    person.session.send(question);
    await waitUntil(() => person.texts.at(-1) === question && person.settled);
  };
  const tom = scriptedCustomer('Tom Baker');
  await ask(tom, 'Products', 'Does the mug go into the oven?');
  await agent.take('Tom Baker');
  await answer(tom, 'It does, up to 200 °C.');
  tom.session.send('And the blue one too?');
  await ask(mina, 'Delivery', 'Hi! My teapot arrived without its lid.');
  await agent.take('Mina Park');
  await answer(mina, 'I am sorry to hear that, Mina. I will send a lid today.');
  mina.session.send('That is kind, thank you!');
  await expect(agent.text('That is kind')).toBeVisible();
  await ask(scriptedCustomer('김하늘'), '배송', '어제 주문한 그릇은 언제 도착하나요?');
  await ask(scriptedCustomer('Ji-woo Han'), 'Returns', 'Can I send back one of the four bowls?');
  await agent.chat('Tom Baker').click({ modifiers: ['Shift'] });
  await agent.room('Mina Park').locator('textarea').focus();
  await page.reload(); // the queue then shows everyone's question
  await expect(page.locator('.queue')).toContainText('Can I send back');
  await agent.room('Mina Park').locator('textarea').focus();
  await picture(page, resolve(IMAGES, 'console.png'));
  await agent.room('Mina Park').getByRole('button', { name: words.customerDetails, exact: true }).click();
  await expect(page.locator('.customer')).toContainText('Stoneware');
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture(page, resolve(IMAGES, 'console-dark.png'));
  const phone = await openConsole(0, { lang: 'ko', ...PHONE });
  await expect(phone.chat('Mina Park')).toBeVisible();
  await picture(phone.page, resolve(IMAGES, 'console-phone.png'));
});
