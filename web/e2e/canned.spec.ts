import type { ConsolePage } from './consolePage';
import { expect, test, uniqueName } from './fixtures';

/** Creates a saved reply. */
async function make(agent: ConsolePage, title: string, text: string, scope?: 'shared') {
  const { page, words } = agent;
  await page.getByRole('button', { name: words.cannedNew }).click();
  if (scope) await page.getByRole('radio', { name: words.scope_shared }).check();
  await page.getByLabel(words.cannedTitle).fill(title);
  await page.getByRole('textbox', { name: words.cannedBody }).fill(text);
  await page.getByRole('button', { name: words.save }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: title, exact: true })).toBeVisible();
}

async function edit(agent: ConsolePage, title: string, text: string) {
  const { page, words } = agent;
  await page.getByRole('button', { name: words.editNamed.replace('{title}', title) }).click();
  await page.getByRole('textbox', { name: words.cannedBody }).fill(text);
  await page.getByRole('button', { name: words.save }).click();
}

async function remove(agent: ConsolePage, title: string) {
  const { page, words } = agent;
  await page.getByRole('button', { name: words.deleteNamed.replace('{title}', title) }).click();
  await page.getByRole('dialog').getByRole('button', { name: words.delete, exact: true }).click();
  await expect(page.getByRole('heading', { name: title, exact: true })).toHaveCount(0);
  await expect(page.locator(':focus')).toHaveCount(1); // the focus does not get lost with the row
}

test('saved replies are created, reordered, inserted at the cursor by a few letters, and deleted', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const agent = await openConsole();
  const { page, words } = agent;
  await agent.view('canned');
  const mark = uniqueName('m');
  const titles = ['Refund', 'Delivery', 'Thanks'].map((it) => `${it} ${mark}`) as [string, string, string];
  await make(agent, titles[0], 'The money is on its way.');
  await make(agent, titles[1], 'Hello {customer}, it ships today. {agent}');
  await make(agent, titles[2], 'Thank you!');
  const order = async () =>
    (await page.locator('.message h3').allTextContents()).filter((it) => it.includes(mark));
  expect(await order()).toEqual(titles);

  const up = page.getByRole('button', { name: words.moveUp.replace('{title}', titles[2]) });
  await up.focus();
  await page.keyboard.press('Enter');
  await expect.poll(order).toEqual([titles[0], titles[2], titles[1]]);
  await expect(up).toBeFocused();
  await expect(page.locator('.announcement')).toContainText(titles[2]);
  const row = (title: string) => page.locator('.message', { hasText: title });
  // WebKit starts no drag without data.
  const carried = page.evaluate(
    () =>
      new Promise((resolve) =>
        addEventListener('dragstart', ({ dataTransfer }) => resolve(dataTransfer?.getData('text/plain')), {
          once: true,
        }),
      ),
  );
  await row(titles[1]).dragTo(row(titles[0]));
  expect(await carried).toBe(titles[1]);
  await expect.poll(order).toEqual([titles[1], titles[0], titles[2]]);
  await page.reload();
  await expect.poll(order).toEqual([titles[1], titles[0], titles[2]]);

  const name = uniqueName();
  const person = scriptedCustomer(name);
  person.session.send('Where is it?');
  await agent.view('chats');
  await agent.take(name);
  await agent.field.pressSequentially('Well: ');
  await agent.field.pressSequentially(' Bye');
  for (let n = 0; n < 4; n++) await agent.field.press('ArrowLeft');
  await agent.field.pressSequentially('/deliv');
  const options = page.getByRole('option');
  await expect(options.first()).toContainText(titles[1]);
  await agent.field.press('Enter');
  const who = await agent.name();
  await expect(agent.field).toHaveValue(`Well: Hello ${name}, it ships today. ${who} Bye`);
  expect(person.texts).toEqual(['Where is it?']); // inserted, not sent

  await agent.field.fill('');
  await page.getByRole('button', { name: words.insert }).click();
  await options.filter({ hasText: titles[2] }).click();
  await expect(agent.field).toHaveValue('Thank you!');
  await agent.field.fill('and/or ');
  await expect(options).toHaveCount(0);
  await agent.field.press('Enter');

  await agent.view('canned');
  await page.getByRole('searchbox', { name: words.search }).fill(titles[0]);
  await expect(page.locator('.message')).toHaveCount(1);
  await page.getByRole('searchbox', { name: words.search }).fill('');
  for (const title of titles) await remove(agent, title);
});

test('only admins edit shared replies; two edits at once lose no words', async ({ openConsole }) => {
  const admin = await openConsole('admin');
  const second = await openConsole('admin');
  const agent = await openConsole(0);
  const title = uniqueName('Shared');
  await second.view('canned');
  await make(second, title, 'as it was', 'shared');

  await agent.view('canned');
  await expect(agent.page.locator('.message', { hasText: title })).toBeVisible();
  await expect(
    agent.page.getByRole('button', { name: agent.words.editNamed.replace('{title}', title) }),
  ).toHaveCount(0);

  // The second window has the form open while the first one saves.
  const { page, words } = second;
  await page.getByRole('button', { name: words.editNamed.replace('{title}', title) }).click();
  await page.getByRole('textbox', { name: words.cannedBody }).fill('as the second wants it');
  await admin.page.getByRole('button', { name: 'Use it here' }).click();
  await admin.view('canned');
  await edit(admin, title, 'as the first wants it');
  await expect(admin.page.locator('.message', { hasText: title })).toContainText('as the first wants it');
  await page.getByRole('button', { name: 'Use it here' }).click();
  await page.getByRole('button', { name: words.save }).click();

  const both = page.getByRole('dialog', { name: words.conflict });
  await expect(both).toContainText('as the first wants it');
  await expect(both).toContainText('as the second wants it');
  await both.getByRole('button', { name: words.useMine }).click();
  await expect(both).toHaveCount(0);
  await expect(page.locator('.message', { hasText: title })).toContainText('as the second wants it');
  await remove(second, title);
});
