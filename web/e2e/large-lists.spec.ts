import { expect, test } from './fixtures';
import { waitUntil } from './scriptedCustomer';

test.use({ on: 'memory' });

const WAITING = 200;
const MINE = 50;

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
