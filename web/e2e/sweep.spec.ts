import { threadWords } from '../components/words';
import type { ConsolePage } from './consolePage';
import { expect, test, uniqueName } from './fixtures';
import { Network } from './network';
import { ShopPage } from './shopPage';
import { Toxiproxy } from './toxiproxy';

test.use({ on: 'quick' });

/** Longest wait for a rule, ms: a silent connection counts as gone after 45 s, a silent customer as idle after 60 (localstack/quick.json). */
const RULE = { timeout: 120_000 };

/** Wide enough for three rooms. */
const WIDE = { viewport: { width: 1700, height: 900 } };

/** The slow cases wait at the same time; one after the other they would take minutes. */
test('chats end by the rules, and everyone present sees it', async ({
  browser,
  openConsole,
  openShop,
  stack,
}) => {
  test.setTimeout(300_000);
  const toxiproxy = await Toxiproxy.start();
  const tunnel = await browser.newContext({ reducedMotion: 'reduce', locale: 'en' });
  await toxiproxy.connect(tunnel, stack.ws, 'tunnel');
  const [first, second, admin] = [
    await openConsole(0, WIDE),
    await openConsole(1),
    await openConsole('admin'),
  ];

  /** A customer who wrote this text, and the room in the agent's console. */
  const talk = async (agent: ConsolePage, text: string, customer?: ShopPage) => {
    const it = customer ?? (await openShop());
    const name = uniqueName();
    await it.start(name, text);
    await agent.take(name);
    await it.waitUntilTaken();
    return { name, customer: it, agent, room: agent.room(name) };
  };
  await test.step('a customer who leaves the queue is removed from it, and sees that on return', async () => {
    const waiting = await openShop();
    const name = uniqueName();
    await waiting.start(name, 'I cannot wait');
    await expect(admin.waiting(name)).toBeVisible();
    await expect(waiting.log.locator('.stored')).toHaveCount(1);
    await waiting.page.close();
    await expect(admin.waiting(name)).toBeHidden(RULE);
    const back = await waiting.tab();
    await back.open();
    await expect(back.chat.getByRole('button', { name: back.words.anew })).toBeVisible();
  });
  await test.step('a customer closes the page: the agent sees that they left', async () => {
    const { customer, room } = await talk(admin, 'I am off');
    await customer.page.close();
    await expect(room.getByText(admin.words.customer_left)).toBeVisible(RULE);
  });
  await test.step('an agent closes the console: the customer returns to the queue, and another agent takes them', async () => {
    const { customer, name } = await talk(second, 'Hello');
    await second.page.close();
    await expect(customer.log.getByText(customer.words.released)).toBeVisible(RULE);
    await admin.take(name);
    await customer.waitUntilTaken();
    await admin.say('I am here now.');
    await expect(customer.text('I am here now.')).toBeVisible();
  });

  // From here on the rules take a minute: nothing slow may happen before the last chat has begun.
  const silent = await talk(first, 'Hello');
  await first.say('What can I do for you?');
  const unanswered = await talk(first, 'Hello?');
  const halfOpen = await talk(
    first,
    'Into a tunnel',
    await ShopPage.visit(tunnel, new Network(), `${stack.demo}?lang=en`),
  );
  await toxiproxy.halfOpen('tunnel');
  for (const { name } of [silent, unanswered]) await first.chat(name).click({ modifiers: ['Shift'] });
  for (const { room } of [silent, unanswered, halfOpen]) await expect(room).toBeVisible();

  await Promise.all([
    test.step('both are present and the customer is silent: both are warned, and see the end', async () => {
      const { customer, room } = silent;
      await Promise.all([
        expect(customer.log.getByText(customer.words.idle_warning)).toBeVisible(RULE),
        expect(room.getByText(threadWords.en.idle_warning)).toBeVisible(RULE),
      ]);
      await expect(customer.chat.getByRole('button', { name: customer.words.anew })).toBeVisible(RULE);
      await expect(room.getByText(first.words.idle)).toBeVisible();
    }),
    test.step('both are present and the agent does not answer: both are warned, and the chat returns to the queue', async () => {
      const { customer, name, room } = unanswered;
      await Promise.all([
        expect(customer.log.getByText(customer.words.unanswered_warning)).toBeVisible(RULE),
        expect(room.getByText(threadWords.en.unanswered_warning)).toBeVisible(RULE),
      ]);
      await expect(customer.log.getByText(customer.words.released)).toBeVisible(RULE);
      await expect(first.waiting(name).first()).toBeVisible();
    }),
    test.step("a customer's connection is half open: the agent sees that they left, the customer sees the end once it works again", async () => {
      const { customer, room } = halfOpen;
      await expect(room.getByText(first.words.customer_left)).toBeVisible(RULE);
      await toxiproxy.restore('tunnel');
      await expect(customer.chat.getByRole('button', { name: customer.words.anew })).toBeVisible(RULE);
    }),
  ]);
  await tunnel.close();
  toxiproxy.end();
});
