import { threadWords } from '../components/words';
import type { Desk } from './desk';
import { expect, somebody, test } from './fixtures';
import { Line } from './line';
import { Networks } from './network';
import { Shop } from './shop';

test.use({ on: 'quick' });

/** How long the slowest rule may take, ms: a silent line counts after 45 s, a silent customer after 60 (localstack/quick.json). */
const RULE = { timeout: 120_000 };

/** Three rooms side by side. */
const WIDE = { viewport: { width: 1700, height: 900 } };

/** One after the other they would take minutes, nearly all of them waiting. */
test('chats end by the rules, and all who are there are told', async ({ browser, desk, shop, stack }) => {
  test.setTimeout(300_000);
  const networks = await Networks.start();
  const tunnel = await browser.newContext({ reducedMotion: 'reduce', locale: 'en' });
  await networks.lead(tunnel, stack.ws, 'tunnel');
  const [first, second, admin] = [await desk(0, WIDE), await desk(1), await desk('admin')];

  /** A customer who has asked this, and their room at an agent's desk. */
  const talk = async (agent: Desk, text: string, customer?: Shop) => {
    const it = customer ?? (await shop());
    const name = somebody();
    await it.start(name, text);
    await agent.take(name);
    await it.answered();
    return { name, customer: it, agent, room: agent.room(name) };
  };
  const silent = await talk(first, 'Hello');
  await first.say('What can I do for you?');
  const unanswered = await talk(first, 'Hello?');
  const halfOpen = await talk(
    first,
    'Into a tunnel',
    await Shop.visit(tunnel, new Line(), `${stack.demo}?lang=en`),
  );
  for (const { name } of [silent, unanswered]) await first.chat(name).click({ modifiers: ['Shift'] });
  for (const { room } of [silent, unanswered, halfOpen]) await expect(room).toBeVisible();
  const abandoned = await talk(second, 'Hello');
  const leaving = await talk(admin, 'I am off');
  const waiting = await shop();
  const impatient = somebody();
  await waiting.start(impatient, 'I cannot wait');
  await expect(admin.waiting(impatient)).toBeVisible();
  await expect(waiting.log.locator('.stored')).toHaveCount(1);

  await Promise.all([
    test.step('both are there and the customer is silent: both are warned, and told of the end', async () => {
      const { customer, room } = silent;
      await expect(customer.log.getByText(customer.words.idle_warning)).toBeVisible(RULE);
      await expect(room.getByText(threadWords.en.idle_warning)).toBeVisible();
      await expect(customer.chat.getByRole('button', { name: customer.words.anew })).toBeVisible(RULE);
      await expect(room.getByText(first.words.idle)).toBeVisible();
    }),
    test.step('both are there and nobody answers: both are told, and the chat goes back to the queue', async () => {
      const { customer, name, room } = unanswered;
      await expect(customer.log.getByText(customer.words.unanswered_warning)).toBeVisible(RULE);
      await expect(room.getByText(threadWords.en.unanswered_warning)).toBeVisible();
      await expect(customer.log.getByText(customer.words.released)).toBeVisible(RULE);
      await expect(first.waiting(name).first()).toBeVisible();
    }),
    test.step("a customer's line is half open: the agent is told, and the customer once it is well again", async () => {
      const { customer, room } = halfOpen;
      await networks.halfOpen('tunnel');
      await expect(room.getByText(first.words.customer_left)).toBeVisible(RULE);
      await networks.mend('tunnel');
      await expect(customer.chat.getByRole('button', { name: customer.words.anew })).toBeVisible(RULE);
    }),
    // One after the other, since the admin's room changes from the one to the other.
    (async () => {
      await test.step('a customer closes the page: the agent is told that they left', async () => {
        await leaving.customer.page.close();
        await expect(leaving.room.getByText(admin.words.customer_left)).toBeVisible(RULE);
      });
      await test.step('an agent closes the console: the customer is back in the queue, and another agent takes them', async () => {
        const { customer, name } = abandoned;
        await second.page.close();
        await expect(customer.log.getByText(customer.words.released)).toBeVisible(RULE);
        await admin.take(name);
        await customer.answered();
        await admin.say('I am here now.');
        await expect(customer.text('I am here now.')).toBeVisible();
      });
    })(),
    test.step('a customer who leaves the queue is taken out of it, and sees it when they come back', async () => {
      await waiting.page.close();
      await expect(admin.waiting(impatient)).toBeHidden(RULE);
      const back = await waiting.tab();
      await back.open();
      await expect(back.chat.getByRole('button', { name: back.words.anew })).toBeVisible();
    }),
  ]);
  await tunnel.close();
  networks.end();
});
