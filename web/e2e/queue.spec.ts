import { threadWords } from '../components/words';
import { expect, expectAccessible, test, uniqueName } from './fixtures';
import { waitUntil } from './scriptedCustomer';

test('waiting customers who left the site are folded away, and shortcuts skip them', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const names = [uniqueName('Gone'), uniqueName('Here')] as const;
  const people = names.map((name) => scriptedCustomer(name));
  for (const { session } of people) {
    session.send('Hello');
    await waitUntil(
      () => session.state.room?.status === 'waiting' && session.state.items.every(({ seq }) => seq),
    );
  }
  people[0]?.session.close();
  const agent = await openConsole();
  const { page, words } = agent;
  await expect(agent.waiting(names[1])).toBeVisible();
  await expect(agent.waiting(names[0])).toHaveCount(0);
  const left = page.locator('.queue summary');
  await expect(left).toHaveText(new RegExp(`^${words.leftCount.replace('({n})', '\\(\\d+\\)')}$`));
  await left.click();
  await expect(agent.waiting(names[0])).toBeVisible();
  const gone = page.locator('.queue .left .card', { hasText: names[0] });
  await expect(gone.locator('.wait')).toHaveClass(/calm/);
  await expectAccessible(page);

  await page.keyboard.press('Alt+KeyT');
  await expect(agent.room(names[1])).toBeVisible();
  // The shortcut takes nobody when only customers who left are waiting.
  await page.keyboard.press('Alt+KeyT');
  await agent.field.fill('Hello, how can I help?');
  await agent.field.press('Enter');
  await waitUntil(() => people[1]?.texts.length === 2);
  await expect(agent.chat(names[0])).toHaveCount(0);

  people[0]?.session.open();
  await waitUntil(() => people[0]?.session.state.line === 'open');
  await page.reload();
  await expect(agent.waiting(names[0])).toBeVisible();
  await expect(gone).toHaveCount(0);
});

test('unanswered customers who left the site come after those who are present', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const agent = await openConsole();
  const { page } = agent;
  const names = [uniqueName('Gone'), uniqueName('Here')] as const;
  const people = names.map((name) => scriptedCustomer(name));
  for (const { session, name } of people) {
    session.send('Hello');
    await agent.take(name);
    await expect(agent.room(name)).toBeVisible();
  }
  people[0]?.session.close();
  await expect(agent.chat(names[0])).toContainText(agent.words.leftSite);
  await page.keyboard.press('Alt+KeyW');
  await expect.poll(() => agent.chats(names)).toEqual([names[1], names[0]]);
  await page.keyboard.press('Alt+KeyN');
  await expect(agent.room(names[1])).toBeVisible();
  await page.keyboard.press('Alt+KeyN'); // nobody else is unanswered and present
  await expect(agent.room(names[1])).toBeVisible();
  await expect(agent.room(names[0])).toHaveCount(0);
});

test('an agent who is away sees that the queue is not live, and can go online', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const agent = await openConsole();
  const { page, words } = agent;
  await page.keyboard.press('Alt+KeyA');
  const queue = page.locator('.queue');
  await expect(queue).toHaveClass(/stale/);
  await expect(page.getByRole('dialog')).toHaveCount(0); // the question comes only at a log-in
  await expect(queue).toContainText(words.queueAway);
  const name = uniqueName();
  const { session } = scriptedCustomer(name);
  session.send('Hello');
  await waitUntil(() => session.state.room?.status === 'waiting');
  await expectAccessible(page);

  await queue.getByRole('button', { name: words.goOnline }).click();
  await expect(page.getByRole('radio', { name: words.online })).toBeChecked();
  await expect(agent.waiting(name)).toBeVisible({ timeout: 5_000 }); // without waiting for the next poll
  await expect(queue).not.toHaveClass(/stale/);
});

test('an agent who was away at log-out is asked at the next log-in', async ({ openConsole, stack }) => {
  const agent = await openConsole();
  const { page, words } = agent;
  await page.getByText(words.away, { exact: true }).click();
  await expect(page.locator('.queue')).toHaveClass(/stale/);
  const question = page.getByRole('dialog', { name: words.stillAway });
  await page.reload();
  await expect(page.locator('.queue')).toHaveClass(/stale/);
  await expect(question).toHaveCount(0); // a reload is not a log-in

  await agent.menu('logout');
  const enter = async () => {
    await page.getByRole('button', { name: words.login }).click();
    const who = stack.agents.find(({ admin }) => !admin);
    await page.locator('input[name=username]').fill(who?.username ?? '');
    await page.locator('input[name=password]').fill(who?.password ?? '');
    await page.locator('[type=submit]').click();
  };
  await enter();
  await expect(question).toBeVisible();
  await expectAccessible(page);
  await question.getByRole('button', { name: words.stayAway }).click();
  await expect(question).toHaveCount(0);
  await expect(page.getByRole('radio', { name: words.away })).toBeChecked();

  await agent.menu('logout');
  await enter();
  await question.getByRole('button', { name: words.goOnline }).click();
  await expect(question).toHaveCount(0);
  await expect(page.getByRole('radio', { name: words.online })).toBeChecked();
});

test('the queue has the whole column while the agent has no chats', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const agent = await openConsole();
  for (let n = 0; n < 8; n++) {
    const { session } = scriptedCustomer(uniqueName(`Waiting${n}`));
    session.send('Hello');
    await waitUntil(() => session.state.room?.status === 'waiting');
  }
  const box = agent.page.locator('.queue .scroll-box');
  await expect(box.getByRole('listitem')).not.toHaveCount(0);
  await expect.poll(() => box.getByRole('listitem').count()).toBeGreaterThanOrEqual(8);
  const column = (await agent.page.locator('.lists').boundingBox())?.height ?? 0;
  const seen = await box.evaluate((it) => it.clientHeight);
  expect(seen).toBeGreaterThan(0.7 * column);
});

test('a transferred chat is marked as unread and says who transferred it', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const [minji, joon] = [await openConsole(0), await openConsole(1)];
  const name = uniqueName();
  scriptedCustomer(name).session.send('Hello');
  await minji.take(name);
  await minji.say('One moment.');
  await expect(minji.text('One moment.')).toBeVisible();
  await minji.page.keyboard.press('Alt+KeyH');
  await minji.page
    .getByRole('dialog')
    .getByRole('button', { name: await joon.name() })
    .click();

  const chat = joon.chat(name);
  const who = await minji.name();
  await expect(chat).toContainText(joon.words.transferredFrom.replace('{name}', who));
  await expect(chat.locator('.badge')).toHaveText(/^1/);
  await joon.page.reload();
  await expect(chat.locator('.badge')).toHaveText(/^1/);
  await chat.click();
  await expect(chat.locator('.badge')).toHaveCount(0);
  await expect(chat).not.toContainText(who);
});

test('an ended chat leads to the next one, or closes', async ({ openConsole, scriptedCustomer }) => {
  const agent = await openConsole();
  const { page, words } = agent;
  const names = [uniqueName('First'), uniqueName('Second')] as const;
  const people = names.map((name) => scriptedCustomer(name));
  for (const { session, name } of people) {
    session.send('Hello');
    await agent.take(name);
    await expect(agent.room(name)).toBeVisible();
  }
  people[1]?.session.end();
  const closed = agent.room(names[1]).locator('.read-only');
  await expect(closed).toContainText(words.customer_ended);
  // The focus is on no button that a space would press.
  await expect(agent.room(names[1]).getByRole('heading')).toBeFocused();
  await expectAccessible(page);
  await closed.getByRole('button', { name: words.nextChat }).click();
  await expect(agent.room(names[0])).toBeVisible();
  await expect(agent.field).toBeFocused();

  people[0]?.session.end();
  await agent.room(names[0]).getByRole('button', { name: words.close, exact: true }).click();
  await expect(page.getByRole('heading', { name: words.selectChat, exact: true })).toBeVisible();
});

for (const view of ['past', 'canned', 'stats'] as const)
  test(`a new waiting customer is marked in the bar while the agent is in ${view}`, async ({
    openConsole,
    scriptedCustomer,
    memory,
  }) => {
    const agent = await openConsole();
    if (view !== 'stats' || !memory) await agent.view(view);
    else await agent.page.goto(`${agent.page.url().split('#')[0]}#/stats`);
    const { session } = scriptedCustomer(uniqueName());
    session.send('Hello');
    await waitUntil(() => session.state.room?.status === 'waiting');
    const mark = agent.page.locator('.views .badge.waiting');
    await expect(mark).toHaveAttribute('title', /\d/);
    await agent.page.keyboard.press('Alt+KeyC');
    await expect(mark).toHaveCount(0); // the view shows the queue
  });

test('the button for new messages appears only when there are some', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const agent = await openConsole();
  const { page } = agent;
  const name = uniqueName();
  const person = scriptedCustomer(name);
  person.session.send('Hello');
  await agent.take(name);
  await agent.say('A long answer.\n'.repeat(60).trim());
  await waitUntil(() => person.texts.length === 2);
  const fresh = page.getByRole('button', { name: threadWords.en.newest });
  const latest = page.getByRole('button', { name: threadWords.en.latest });
  await expect(latest).toHaveCount(0);
  await agent.log.evaluate((log) => log.parentElement?.scrollTo(0, 0));
  await expect(latest).toBeVisible();
  await expect(fresh).toHaveCount(0);
  person.session.send('Are you there?');
  await expect(fresh).toBeVisible();
  await expect(latest).toHaveCount(0);
  await fresh.click();
  await expect(agent.text('Are you there?')).toBeInViewport();
  await expect(fresh).toHaveCount(0);
});
