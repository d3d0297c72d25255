import { threadWords } from '../components/words';
import { expect, somebody, test } from './fixtures';
import { Line } from './line';
import { Networks } from './network';
import { Shop } from './shop';

/** How long the slowest rule may take, ms: a silent line counts after 45 s, a silent customer after 60 (localstack/quick.json). */
const RULE = { timeout: 120_000 };

test.beforeEach(({ stack }) => {
  test.skip(!stack.params?.IdleAfter, 'needs a stack whose chats end by short rules');
  test.setTimeout(240_000);
});

test('both are there and the customer is silent: both are warned, and told of the end', async ({ talk }) => {
  const { customer, agent } = await talk('Hello');
  await agent.say('What can I do for you?');
  await expect(customer.log.getByText(customer.words.idle_warning)).toBeVisible(RULE);
  await expect(agent.log.getByText(threadWords.en.idle_warning)).toBeVisible();
  await expect(customer.chat.getByRole('button', { name: customer.words.anew })).toBeVisible(RULE);
  await expect(agent.page.getByText(agent.words.idle)).toBeVisible();
});

test('both are there and nobody answers: both are told, and the chat goes back to the queue', async ({
  talk,
}) => {
  const { name, customer, agent } = await talk('Hello?');
  await expect(customer.log.getByText(customer.words.unanswered_warning)).toBeVisible(RULE);
  await expect(agent.log.getByText(threadWords.en.unanswered_warning)).toBeVisible();
  await expect(customer.log.getByText(customer.words.released)).toBeVisible(RULE);
  await expect(agent.waiting(name).first()).toBeVisible();
});

test('a customer closes the page: the agent is told that they left', async ({ talk }) => {
  const { customer, agent } = await talk('I am off');
  await customer.page.close();
  await expect(agent.page.getByText(agent.words.customer_left)).toBeVisible(RULE);
});

test("a customer's line is half open: the agent is told, and the customer once it is well again", async ({
  browser,
  desk,
  stack,
}) => {
  const networks = await Networks.start();
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en' });
  try {
    await networks.lead(context, stack.ws, 'tunnel');
    const customer = await Shop.visit(context, new Line(), `${stack.demo}?lang=en`);
    const agent = await desk();
    const name = somebody();
    await customer.start(name, 'Into a tunnel');
    await agent.take(name);
    await customer.answered();
    await networks.halfOpen('tunnel');
    await expect(agent.page.getByText(agent.words.customer_left)).toBeVisible(RULE);
    await networks.mend('tunnel');
    await expect(customer.chat.getByRole('button', { name: customer.words.anew })).toBeVisible(RULE);
  } finally {
    await context.close();
    networks.end();
  }
});

test('an agent closes the console: the customer is back in the queue, and another agent takes them', async ({
  talk,
  desk,
}) => {
  const { name, customer, agent } = await talk('Hello');
  await agent.page.close();
  await expect(customer.log.getByText(customer.words.released)).toBeVisible(RULE);
  const other = await desk(1);
  await other.take(name);
  await customer.answered();
  await other.say('I am here now.');
  await expect(customer.text('I am here now.')).toBeVisible();
});

test('whoever leaves the queue is taken out of it, and sees it when they come back', async ({
  shop,
  desk,
}) => {
  const agent = await desk();
  const customer = await shop();
  const name = somebody();
  await customer.start(name, 'I cannot wait');
  await expect(agent.waiting(name)).toBeVisible();
  await expect(customer.log.locator('.stored')).toHaveCount(1);
  await customer.page.close();
  await expect(agent.waiting(name)).toBeHidden(RULE);
  const back = await customer.tab();
  await back.open();
  await expect(back.chat.getByRole('button', { name: back.words.anew })).toBeVisible();
});
