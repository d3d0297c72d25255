import { expect, somebody, test } from './fixtures';

test('a browser whose language is no language tag opens the chat, and the console', async ({
  shop,
  desk,
}) => {
  const customer = await shop();
  expect(await customer.page.evaluate(() => navigator.languages)).toEqual(['en-US@posix']);
  expect(
    await customer.page.evaluate(() => {
      try {
        return new Date(0).toLocaleString([...navigator.languages]);
      } catch (error) {
        return (error as Error).name;
      }
    }),
  ).toBe('RangeError');
  const name = somebody();
  await customer.start(name, 'Hello?');
  const agent = await desk();
  await agent.take(name);
  await customer.answered();
  await agent.say('Hello!');
  await expect(customer.text('Hello!')).toBeVisible();
  await expect(customer.log.getByText(/\d:\d\d/).first()).toBeVisible();
});
