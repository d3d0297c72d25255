import { expect, test, uniqueName } from './fixtures';

test('a browser without a valid language tag opens the chat and the console', async ({
  openShop,
  openConsole,
}) => {
  const customer = await openShop();
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
  const name = uniqueName();
  await customer.start(name, 'Hello?');
  const agent = await openConsole();
  await agent.take(name);
  await customer.waitUntilTaken();
  await agent.say('Hello!');
  await expect(customer.text('Hello!')).toBeVisible();
  await expect(customer.log.getByText(/\d:\d\d/).first()).toBeVisible();
});
