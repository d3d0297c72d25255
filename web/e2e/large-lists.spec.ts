import { expect, test } from './fixtures';
import { waitUntil } from './scriptedCustomer';

test.use({ on: 'memory' });

const WAITING = 200;
const MINE = 50;
const FLOOD = 6_000;

test('200 waiting customers and 50 own chats: few cards are rendered, and one text updates one card', async ({
  openConsole,
  memory,
  scriptedCustomer,
}) => {
  const people = Array.from({ length: WAITING + MINE }, (_, i) => scriptedCustomer(`Customer ${1000 + i}`));
  for (const { session } of people) session.send('Hello');
  await waitUntil(() => people.every(({ settled, session }) => settled && session.state.room));
  for (const { session } of people.slice(0, MINE)) memory?.give(session.state.room?.id ?? '', 'Hana Lee');

  const agent = await openConsole();
  const { page } = agent;
  await expect(page.locator('.queue .count-badge')).toHaveText(`${WAITING}`);
  await expect(page.locator('.chats .count-badge')).toHaveText(`${MINE}`);
  await agent.chat('Customer 1000').click();
  await agent.field.waitFor();
  expect(await page.locator('.card').count()).toBeLessThan(100);

  await page.evaluate(() => {
    const touched = new Set<Node>();
    Object.assign(window, { touched });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const card = (target instanceof Element ? target : target.parentElement)?.closest('.card');
        if (card) touched.add(card);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  const writer = people[3];
  writer?.session.send('One more thing');
  await expect(agent.chat(writer?.name ?? '')).toContainText('One more thing');
  expect(await page.evaluate(() => (window as unknown as { touched: Set<Node> }).touched.size)).toBe(1);

  // The last cards of both lists are rendered when scrolled to or reached by shortcut.
  await page.locator('.queue .scroll-box').evaluate((it) => it.scrollTo(0, it.scrollHeight));
  await expect(agent.waiting(`Customer ${1000 + WAITING + MINE - 1}`)).toBeVisible();
  await page.keyboard.press('Alt+Digit1');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.locator(`.chats [aria-posinset="${MINE}"] .card`)).toHaveAttribute(
    'aria-current',
    'true',
  );
});

test(`${FLOOD} customers at once: at most 200 rows, few sounds, and the page goes on working`, async ({
  openConsole,
  memory,
}) => {
  const agent = await openConsole();
  const { page } = agent;
  await page.evaluate(() => {
    const counted = { sounds: 0, mostRows: 0 };
    Object.assign(window, { counted });
    const start = AudioScheduledSourceNode.prototype.start;
    AudioScheduledSourceNode.prototype.start = function (...at) {
      counted.sounds++;
      start.apply(this, at);
    };
    new MutationObserver(() => {
      const rows = document.querySelectorAll('li, tr').length;
      counted.mostRows = Math.max(counted.mostRows, rows);
    }).observe(document.body, { subtree: true, childList: true });
  });
  memory?.crowd(FLOOD, 'Buy cheap pills');
  await expect(page.locator('.queue .count-badge')).toHaveText(`${FLOOD}`);
  await expect(page).toHaveTitle(new RegExp(`^\\[${FLOOD}\\] `));
  const counted = () =>
    page.evaluate(() => (window as unknown as { counted: { sounds: number; mostRows: number } }).counted);
  await expect.poll(async () => (await counted()).sounds).toBeGreaterThan(0);
  const { sounds, mostRows } = await counted();
  expect(mostRows).toBeGreaterThan(10);
  expect(mostRows).toBeLessThanOrEqual(200);
  expect(sounds).toBeLessThanOrEqual(2 * 3); // of two notes each

  // To the last one, on a phone too, where the list is hidden behind the chat and comes back.
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator('.queue .scroll-box').evaluate((it) => it.scrollTo(0, it.scrollHeight));
  const last = page.locator(`.queue [aria-posinset="${FLOOD}"]`);
  await expect(last).toBeVisible();
  await last.getByRole('link').click();
  await expect(agent.page.locator('.room')).toBeVisible();
  await page.goBack();
  await expect(page.locator('.queue .card').first()).toBeVisible();
  expect(await page.locator('.card').count()).toBeLessThanOrEqual(200);
});
