import {
  afterPolls,
  expect,
  expectAccessible,
  expectTargetSize,
  picture,
  test,
  uniqueName,
} from './fixtures';
import { type ScriptedCustomer, waitUntil } from './scriptedCustomer';

test.use({ on: 'memory' });

const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };
const WIDE = { viewport: { width: 1280, height: 860 } };
const POLL = 30_000;

/** A customer asks while nobody is there, and goes. */
async function leave(person: ScriptedCustomer, text: string) {
  person.session.send(text);
  await waitUntil(() => person.settled && person.texts.length === 1 && !!person.session.state.room);
  person.session.close();
}

for (const [lang, colorScheme, size, screen] of [
  ['en', 'light', 'wide', WIDE],
  ['ko', 'dark', 'wide', WIDE],
  ['ko', 'light', 'phone', PHONE],
  ['en', 'dark', 'phone', PHONE],
] as const)
  test(`questions that were left are announced, listed and answered: ${lang}, ${colorScheme}, ${size}`, async ({
    openConsole,
    memory,
    scriptedCustomer,
  }, info) => {
    if (memory) memory.hours.serving = { state: 'nobody' };
    const names = [uniqueName('Mina'), uniqueName('Joon')] as const;
    const people = names.map((name) => scriptedCustomer(name)) as [ScriptedCustomer, ScriptedCustomer];
    await leave(people[0], lang === 'ko' ? '찻주전자 뚜껑만 살 수 있나요?' : 'Can I buy the lid alone?');
    await leave(people[1], lang === 'ko' ? '언제 도착하나요?' : 'When will it arrive?');
    const agent = await openConsole('admin', { lang, colorScheme, ...screen });
    const { page, words } = agent;
    const look = async (name: string) => {
      await expectAccessible(page);
      await expectTargetSize(page, size === 'phone' ? 44 : 24);
      await picture(page, info.outputPath(`${name}.png`));
    };
    const notice = page.locator('.desk-notice');
    const list = page.locator('.questions');
    await expect(notice).toContainText(/\b2( questions|건)/);
    await expect(list.locator('.count-badge')).toHaveText('2');
    await expect(list.locator('.card b')).toHaveText([...names]);
    await expect(page.locator('.queue .card')).toHaveCount(0);
    await look('left');
    await notice.getByRole('button', { name: words.leftShow }).click();
    await expect(notice).toHaveCount(0);
    await expect(list.getByRole('heading')).toBeFocused();

    await list.getByRole('link', { name: new RegExp(names[0]) }).click();
    await expect(agent.room(names[0])).toContainText(words.inLeft);
    await agent
      .room(names[0])
      .getByRole('button', { name: new RegExp(words.takeNamed.replace('{name}', names[0])) })
      .click();
    await expect(page.locator('.gone')).toHaveText(words.customerGone.replace('{name}', names[0]));
    await agent.say(lang === 'ko' ? '네, 가능합니다.' : 'Yes, you can.');
    await look('answered');
    await page.keyboard.press('Alt+KeyQ');
    if (size === 'phone') await page.getByRole('button', { name: words.back }).click();
    await page.clock.install();
    await afterPolls(page, POLL, () => expect(list.locator('.card')).toHaveCount(2, { timeout: 500 }));
    await expect(list.locator('.card b')).toHaveText([names[1], names[0]]);
    await expect(list.locator('.card').nth(1)).toContainText(words.leftAnswered);
    await look('answered-list');

    // The customer comes back: an ordinary chat that waits.
    people[1].session.open();
    await expect(page.locator('.queue .card b')).toHaveText([names[1]]);
    await afterPolls(page, POLL, () => expect(list.locator('.card')).toHaveCount(1, { timeout: 500 }));
  });

test('the notice comes once for each log-in, and not when nothing is left', async ({
  openConsole,
  memory,
  scriptedCustomer,
}) => {
  if (memory) memory.hours.serving = { state: 'closed' };
  await leave(scriptedCustomer(uniqueName()), 'Is anybody there?');
  const agent = await openConsole();
  const notice = agent.page.locator('.desk-notice');
  await expect(notice).toContainText('1 question has been left since');
  await notice.getByRole('button', { name: agent.words.dismiss }).click();
  await expect(notice).toHaveCount(0);
  await agent.page.reload();
  await expect(agent.page.locator('.questions .card')).toHaveCount(1);
  await expect(notice).toHaveCount(0);
  await agent.page.keyboard.press('Alt+KeyL'); // takes it
  await expect(agent.field).toBeVisible();
  const next = await openConsole(1);
  await expect(next.page.locator('.questions h2')).toHaveCount(0);
  await expect(next.page.locator('.desk-notice')).toHaveCount(0);
});

test('an admin ends many left questions, and none of those that wait', async ({
  openConsole,
  memory,
  scriptedCustomer,
}) => {
  if (memory) memory.hours.serving = { state: 'nobody' };
  for (let i = 0; i < 6; i++) await leave(scriptedCustomer(uniqueName('Bot')), 'Buy cheap pills');
  if (memory) memory.hours.serving = { state: 'open' };
  const honest = scriptedCustomer(uniqueName());
  honest.session.send('Buy cheap pills? No, a teapot.');
  await waitUntil(() => honest.settled);
  const { page, words } = await openConsole('admin');
  const { en } = await import('../console/many/en');
  const list = page.locator('.questions');
  await expect(list).toContainText(words.manySameWords.replace('{n}', '6'));
  await list.getByRole('button', { name: words.manyReview }).click();
  const dialog = page.getByRole('dialog', { name: en.manyTitle });
  await dialog.getByLabel(en.manyPattern).fill('pills');
  await expect(dialog).toContainText(en.manyFoundLeft.replace('{n}', '6').replace('{of}', '6'));
  await dialog.getByRole('button', { name: en.manyEnd, exact: true }).click();
  await expect(dialog).toContainText(en.manyEnded_other.replace('{n}', '6'));
  await page.keyboard.press('Escape');
  await expect(list.getByRole('heading')).toHaveCount(0);
  expect(honest.session.state.room?.status).toBe('waiting');
});
