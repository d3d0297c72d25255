import { expect, test, uniqueName } from './fixtures';
import { waitUntil } from './scriptedCustomer';

test('an agent takes a chat, answers, looks at every view, and finds the chat again', async ({
  openConsole,
  scriptedCustomer,
}) => {
  const agent = await openConsole();
  const { page } = agent;
  const name = uniqueName();
  const person = scriptedCustomer(name);
  person.session.send('Is the teapot dishwasher safe?');
  await agent.take(name);
  await expect(agent.text('Is the teapot dishwasher safe?')).toBeVisible();

  // The field grows with the text, and shrinks once it is sent.
  const height = async () => (await agent.field.boundingBox())?.height ?? 0;
  const one = await height();
  for (const line of ['It is,', 'on the upper rack,', 'in every machine.']) {
    await agent.field.pressSequentially(line);
    await agent.field.press('Shift+Enter');
  }
  await expect.poll(height).toBeGreaterThan(one * 1.5);
  await agent.field.press('Enter');
  await waitUntil(() => person.texts.includes('It is,\non the upper rack,\nin every machine.'));
  await expect.poll(height).toBe(one);

  for (const view of ['past', 'canned', 'stats', 'chats'] as const) {
    await agent.view(view);
    await expect(page).toHaveURL(new RegExp(`#/${view}`));
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeAttached();
  }
  await page.reload();
  await expect(agent.chat(name)).toBeVisible();
});
