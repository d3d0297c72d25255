import type { Page } from '@playwright/test';
import { afterPolls, expect, test, uniqueName } from './fixtures';
import { waitUntil } from './scriptedCustomer';

test('the queue shows topics and questions, and chats are sorted by how long they wait for an answer', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const agent = await openConsole();
  const names = [uniqueName('First'), uniqueName('Second')] as const;
  const people = names.map((name) => scriptedCustomer(name));
  for (const person of people) {
    person.session.start({ topic: 'Delivery' });
    person.session.send(`Where is it? ${person.name}`);
    await waitUntil(() => person.settled && person.session.state.room?.status === 'waiting');
  }
  const card = agent.page.locator('.queue .card', { hasText: names[0] });
  await expect(card.locator('.topic')).toHaveText('Delivery');
  await expect(card).toContainText(`Where is it? ${names[0]}`);
  await expect(card.locator('time')).toBeVisible();

  // A waiting customer's chat can be read before it is taken.
  await card.getByRole('link').click();
  await expect(agent.room(names[0]).locator('.bubble')).toHaveText([`Where is it? ${names[0]}`]);
  await expect(agent.field).toHaveCount(0);
  await agent
    .room(names[0])
    .getByRole('button', { name: new RegExp(names[0]) })
    .click();
  await expect(agent.field).toBeFocused();

  await agent.page.keyboard.press('Alt+KeyT');
  await expect(agent.room(names[1])).toBeVisible();
  const mine = () => agent.chats(names);
  expect(await mine()).toEqual(names);
  // The second chat is open: the shortcut goes to the other unanswered one.
  await agent.page.keyboard.press('Alt+KeyN');
  await agent.room(names[0]).locator('textarea').fill('It is on its way.');
  await agent.page.keyboard.press('Enter');
  await expect.poll(mine).toEqual([names[1], names[0]]);
});

test('cards do not move under the pointer', async ({ openConsole, scriptedCustomer }) => {
  const agent = await openConsole();
  const names = [uniqueName('First'), uniqueName('Second')] as const;
  const people = names.map((name) => scriptedCustomer(name));
  for (const [i, person] of people.entries()) {
    person.session.send('Hello');
    await agent.take(person.name);
    await agent.room(person.name).locator('textarea').fill('Hello');
    await agent.page.keyboard.press('Enter');
    await waitUntil(() => person.texts.length === 2);
    await expect(agent.page.locator('.chats .card b').first()).toHaveText(names[i] ?? '');
  }
  const mine = () => agent.chats(names);
  expect(await mine()).toEqual([names[1], names[0]]);

  // While the pointer is over the first card, a customer joins the queue, and the customer of the second card writes.
  await agent.page.clock.install();
  await agent.page.clock.pauseAt(Date.now() + 1_000);
  await agent.chat(names[1]).hover();
  const place = await agent.chat(names[1]).boundingBox();
  const third = uniqueName('Third');
  scriptedCustomer(third).session.send('Hello');
  const FRAME = 16;
  await afterPolls(agent.page, FRAME, () => expect(agent.page).toHaveTitle(/^\[\d+\]/, { timeout: 100 })); // it is updated at once
  people[0]?.session.send('Are you there?');
  await afterPolls(agent.page, FRAME, () =>
    expect(agent.chat(names[0])).toContainText('Are you there?', { timeout: 100 }),
  );
  expect(await agent.chat(names[1]).boundingBox()).toEqual(place);
  await agent.page.clock.runFor(1_000);
  await expect.poll(mine).toEqual(names);
  await expect(agent.waiting(third)).toBeVisible();
});

test('several chats are open side by side, each with its draft, after a reload too', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const agent = await openConsole(0, { viewport: { width: 1440, height: 860 } });
  const names = [uniqueName('Left'), uniqueName('Right')] as const;
  for (const name of names) {
    const { session } = scriptedCustomer(name);
    session.send('Hello');
    await agent.take(name);
    await expect(agent.room(name)).toBeVisible();
  }
  await agent.chat(names[0]).click({ modifiers: ['Shift'] });
  await agent.room(names[0]).locator('textarea').fill('for the left');
  await agent.room(names[1]).locator('textarea').fill('for the right');
  await agent.page.reload();
  await expect(agent.room(names[0]).locator('textarea')).toHaveValue('for the left');
  await expect(agent.room(names[1]).locator('textarea')).toHaveValue('for the right');

  await agent.room(names[0]).locator('textarea').focus();
  await agent.page.keyboard.press('Alt+KeyW');
  await expect(agent.room(names[0])).toHaveCount(0);
  await expect(agent.chat(names[0])).toContainText('for the left');
  await agent.page.setViewportSize({ width: 390, height: 780 });
  await expect(agent.room(names[1])).toBeVisible();
  await agent.page.getByRole('button', { name: agent.words.back }).click();
  await expect(agent.page.locator('.chats')).toBeVisible();
});

test('a shortcut acts on the chat that the shortcut before it opened, without a pause between', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const agent = await openConsole();
  const names = [uniqueName('First'), uniqueName('Second'), uniqueName('Third')];
  for (const name of names) {
    scriptedCustomer(name).session.send('Hello');
    await agent.take(name);
    await expect(agent.room(name)).toBeVisible();
  }
  // The third chat is open. Go to the first, and from it to the second.
  await agent.page.evaluate(async () => {
    for (const code of ['Digit1', 'ArrowDown']) {
      dispatchEvent(new KeyboardEvent('keydown', { code, altKey: true }));
      await Promise.resolve();
    }
  });
  await expect(agent.page.locator('.chats [aria-posinset="2"] .card')).toHaveAttribute(
    'aria-current',
    'true',
  );
});

test('a text written as soon as the room opens is sent', async ({ openConsole, scriptedCustomer }) => {
  const agent = await openConsole();
  const name = uniqueName();
  scriptedCustomer(name).session.send('Hello');
  await agent.take(name);
  await expect(agent.text('Hello')).toBeVisible();
  await agent.page.keyboard.press('Alt+KeyW');
  await expect(agent.field).toHaveCount(0);
  await agent.page.evaluate(async () => {
    const press = (target: EventTarget, init: KeyboardEventInit) =>
      target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }));
    press(document.body, { code: 'Digit1', altKey: true });
    await Promise.resolve();
    const field = document.querySelector<HTMLTextAreaElement>('.composer textarea');
    if (!field) throw new Error('the room is not there');
    field.value = 'At once';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await Promise.resolve();
    press(field, { key: 'Enter' });
  });
  await expect(agent.text('At once')).toHaveCount(1);
});

test('the text in the field is sent, rendered or not', async ({ openConsole, scriptedCustomer }) => {
  const agent = await openConsole();
  const name = uniqueName();
  const person = scriptedCustomer(name);
  person.session.send('Hello');
  await agent.take(name);
  await agent.field.evaluate((field: HTMLTextAreaElement) => {
    for (const text of ['The parcel is', 'The parcel is on its way.']) {
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  });
  await expect(agent.text('The parcel is on its way.')).toBeVisible();
  await expect(agent.field).toHaveValue('');
  await waitUntil(() => person.texts.includes('The parcel is on its way.'));
});

test('the field grows with its lines, up to a third of a screen, and shrinks again', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const agent = await openConsole();
  const name = uniqueName();
  scriptedCustomer(name).session.send('Hello');
  await agent.take(name);
  // The script sizes the field, as in browsers without field-sizing.
  expect(await agent.field.evaluate((it) => getComputedStyle(it).getPropertyValue('field-sizing'))).toBe(
    'fixed',
  );
  const size = () => agent.field.evaluate((it) => [it.clientHeight, it.scrollHeight] as const);
  const [one] = await size();
  for (const lines of [2, 3, 5]) {
    await agent.field.fill(Array(lines).fill('A line').join('\n'));
    const [seen, all] = await size();
    expect(seen).toBe(all);
    expect(seen).toBeGreaterThan(one + (lines - 1) * 15);
  }
  await agent.field.fill('A long line that wraps '.repeat(12));
  const [seen, all] = await size();
  expect(seen).toBe(all);
  await agent.field.fill('A line\n'.repeat(40));
  const [most, more] = await size();
  expect(most).toBeLessThan(more);
  expect(most).toBeLessThanOrEqual(160);
  await agent.field.fill('');
  expect(await size()).toEqual([one, one]);
});

test('earlier chats are shown above, each with its day and its agent', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const agent = await openConsole();
  const name = uniqueName();
  const person = scriptedCustomer(name);
  for (let n = 1; n <= 3; n++) {
    person.session.send(`question ${n}`);
    await agent.take(name);
    await agent.say(`answer ${n}`);
    await waitUntil(() => person.texts.includes(`answer ${n}`));
    if (n === 3) break;
    await agent.page.keyboard.press('Alt+KeyX');
    await agent.page.getByRole('button', { name: agent.words.endConfirmButton, exact: true }).click();
    await waitUntil(() => person.session.state.room?.status === 'ended');
  }
  const room = agent.room(name);
  await expect(room.locator('.past .divider')).toHaveCount(2);
  await expect(room.locator('.past .divider').first()).toContainText(`${new Date().getFullYear()}`);
  await expect(room.locator('.past .bubble')).toHaveText([
    'question 1',
    'answer 1',
    'question 2',
    'answer 2',
  ]);
  await expect(agent.log.locator('.bubble')).toHaveText(['question 3', 'answer 3']);
});

test('a second window replaces the first, which says so and can take over again', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const agent = await openConsole();
  const name = uniqueName();
  const person = scriptedCustomer(name);
  person.session.send('Hello');
  await agent.take(name);
  const other = await openConsole(0);
  await expect(agent.page.getByText(agent.words.replacedText)).toBeVisible();
  await other.chat(name).click();
  await other.say('From the second window');
  await waitUntil(() => person.texts.includes('From the second window'));
  await agent.page.getByRole('button', { name: 'Use it here' }).click();
  await agent.chat(name).click();
  await expect(agent.text('From the second window')).toBeVisible();
  await expect(other.page.getByText(other.words.replacedText)).toBeVisible();
});

test("after a log-out no tab keeps the agent's data", async ({ openConsole, scriptedCustomer }) => {
  const agent = await openConsole();
  const name = uniqueName();
  scriptedCustomer(name).session.send('Hello');
  await agent.take(name);
  await agent.field.fill('never sent');
  await agent.menu('logout');
  await expect(agent.page.getByRole('button', { name: agent.words.login })).toBeVisible();
  const kept = await agent.page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  for (const gone of ['never sent', name, 'rejoin.tokens', 'rejoin.drafts', 'rejoin.held', 'rejoin/'])
    expect(kept).not.toContain(gone);
});

test('a pasted text that is too long stays in the field with a notice', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const agent = await openConsole();
  const name = uniqueName();
  scriptedCustomer(name).session.send('Hello');
  await agent.take(name);
  await agent.field.fill('가'.repeat(4001));
  await agent.field.press('Enter');
  await expect(agent.page.locator('.count.over')).toBeVisible();
  await expect(agent.field).toHaveValue('가'.repeat(4001));
  await agent.field.fill('가'.repeat(4000));
  await agent.field.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
  await expect(agent.field).toHaveValue('가'.repeat(4000));
  await agent.field.press('Enter');
  await expect(agent.text('가'.repeat(4000))).toHaveCount(1);
});

test('everything works by shortcuts, and a dialog lists them', async ({ openConsole, scriptedCustomer }) => {
  const agent = await openConsole();
  const { page, words } = agent;
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: words.shortcuts })).toContainText(words.key_take);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+KeyA');
  await expect(page.getByRole('radio', { name: words.away })).toBeChecked();
  await page.keyboard.press('Alt+KeyA');
  await expect(page.getByRole('radio', { name: words.online })).toBeChecked();
  const name = uniqueName();
  const person = scriptedCustomer(name);
  person.session.send('Hello');
  await expect(agent.waiting(name)).toBeVisible();
  await agent.waiting(name).press('Enter');
  await agent.field.waitFor();
  await page.keyboard.press('Alt+KeyH');
  await expect(page.getByRole('dialog', { name: words.transferTo })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+KeyP');
  await expect(page.getByRole('heading', { name: words.view_past, exact: true })).toBeVisible();
  await page.keyboard.press('Alt+KeyM');
  await expect(page.getByRole('heading', { name: words.view_canned, exact: true })).toBeVisible();
  await page.keyboard.press('Alt+KeyC');
  await expect(agent.room(name)).toBeVisible();
  await page.keyboard.press('Alt+KeyQ');
  await waitUntil(() => person.session.state.room?.status === 'waiting');
});

test('the token is renewed on reconnect; a removed agent is logged out at the next connect', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const agent = await openConsole();
  const { page, network } = agent;
  const name = uniqueName();
  const { session } = scriptedCustomer(name);
  session.send('Hello');
  await agent.take(name);
  let renewals = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/oauth2/token') && request.postData()?.includes('refresh_token')) renewals++;
  });
  const reconnect = async () => {
    await agent.expireToken();
    network.cut();
    network.restore();
  };
  await reconnect();
  session.send('Still there?');
  await expect(agent.text('Still there?')).toHaveCount(1);
  expect(renewals).toBe(1);

  await page.route('**/oauth2/token', (route) =>
    route.fulfill({ status: 400, json: { error: 'invalid_grant' } }),
  );
  await reconnect();
  await expect(page.getByRole('button', { name: agent.words.login })).toBeVisible();
});

test('an admin is still an admin after the token was renewed', async ({ openConsole }) => {
  const admin = await openConsole('admin');
  await admin.view('stats');
  const whose = admin.page.getByRole('combobox'); // agents see only their own figures
  await expect(whose).toBeVisible();
  await admin.expireToken();
  await admin.page.reload();
  await expect(whose).toBeVisible();
});

test('a page change does not show the customer as gone; a closed page does', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const agent = await openConsole();
  const name = uniqueName();
  const person = scriptedCustomer(name);
  person.session.send('Hello');
  await agent.take(name);
  const state = agent.room(name).locator('.room-title p');
  await expect(state).toHaveText(agent.words.onSite);
  await state.evaluate((it) => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => seen.push(it.textContent ?? '')).observe(it, {
      subtree: true,
      characterData: true,
      childList: true,
    });
  });
  person.cut();
  await waitUntil(() => person.session.state.line !== 'open');
  await waitUntil(() => person.session.state.line === 'open');
  person.session.send('I am on another page now');
  await expect(agent.text('I am on another page now')).toBeVisible();
  expect(await seen(agent.page)).toEqual([]);
  person.session.close();
  await expect(state).toHaveText(agent.words.leftSite);
});

const seen = (of: Page) => of.evaluate(() => (window as unknown as { seen: string[] }).seen);
