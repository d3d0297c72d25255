import type { ConsoleMessage } from '@playwright/test';
import type { ConsolePage } from './consolePage';
import { expect, test, uniqueName } from './fixtures';
import { type ScriptedCustomer, waitUntil } from './scriptedCustomer';

const CUSTOMERS = 10;
/** Questions per customer; a question may be several texts. */
const QUESTIONS = 4;
/** Chats that an agent has at once. */
const AT_ONCE = 4;

/** A customer who asks, waits for the answer, and asks again. */
class Asking {
  /** All texts of the chat, of both sides, oldest first. */
  readonly said: string[] = [];
  asked = 0;

  constructor(
    readonly person: ScriptedCustomer,
    private index: number,
  ) {}

  ask(): void {
    this.asked++;
    const texts = 1 + ((this.index + this.asked) % 3);
    for (let n = 1; n <= texts; n++) {
      const text = `question ${this.asked}.${n} of ${this.person.name}`;
      this.said.push(text);
      this.person.session.send(text);
    }
    if ((this.index + this.asked) % 4 === 0) this.person.cut(); // while texts are being sent
  }

  /** Asks the next question once the last one was answered. */
  async talk(): Promise<void> {
    while (this.asked < QUESTIONS) {
      this.ask();
      const answer = `answer ${this.asked} to ${this.person.name}`;
      await waitUntil(() => this.person.texts.includes(answer), 120_000);
    }
  }
}

/** One agent takes and answers chats until all are ended. */
async function work(
  consolePage: ConsolePage,
  all: Map<string, Asking>,
  trouble: (answers: number) => Promise<void>,
) {
  const { page } = consolePage;
  // A stack in use may have other customers.
  const ours = { hasText: /Customer \d/ };
  const chats = page.locator('.chats .card', ours);
  const waits = page.locator('.chats .card:has(.wait)', ours);
  const next = page.locator('.queue .card', ours).first().getByRole('button');
  const canTake = async () => (await next.count()) > 0 && (await chats.count()) < AT_ONCE;
  const over = () => [...all.values()].every(isOver);
  let answers = 0;
  while (!over()) {
    if (await canTake()) await next.click({ timeout: 1_000 }).catch(() => {}); // the colleague was faster
    await expect
      .poll(async () => over() || (await waits.count()) > 0 || (await canTake()), { timeout: 120_000 })
      .toBe(true);
    if (!(await waits.count())) continue;
    const name = (await waits.first().locator('b').textContent()) ?? '';
    const it = all.get(name);
    if (!it) throw new Error(`${name} is not one of them`);
    await consolePage.chat(name).click(); // by name: the order may have changed
    const room = consolePage.room(name);
    await expect(room.locator('.past')).toHaveCount(0);
    // All texts so far are shown once and in order before the answer.
    await expect(room.getByRole('log').locator('.bubble')).toHaveText(it.said);
    const last = it.asked === QUESTIONS;
    const answer = `answer ${it.asked} to ${name}`;
    it.said.push(answer);
    await room.locator('textarea').fill(answer);
    await room.locator('textarea').press('Enter');
    await expect(room.getByRole('log').getByText(answer, { exact: true })).toHaveCount(1);
    if (last) await finish(consolePage, it);
    await trouble(++answers);
  }
}

const isOver = ({ person }: Asking) => person.session.state.room?.status === 'ended';

/** Ends a chat in which everything was answered and stored. */
async function finish(consolePage: ConsolePage, it: Asking) {
  const room = consolePage.room(it.person.name);
  await expect(room.locator('.sending, .retry, .failed')).toHaveCount(0);
  await expect(room.getByRole('log').locator('.bubble')).toHaveText(it.said);
  await room.getByRole('button', { name: consolePage.words.end, exact: true }).click();
  await consolePage.page
    .getByRole('button', { name: consolePage.words.endConfirmButton, exact: true })
    .click();
  await expect(room.locator('.read-only')).toBeVisible();
}

test('a busy hour: two agents, ten customers, no text lost, duplicated or left unanswered', async ({
  openConsole,
  scriptedCustomer,
}) => {
  test.setTimeout(240_000);
  const consolePages = [await openConsole(0), await openConsole(1)] as const;
  const errors: string[] = [];
  for (const { page } of consolePages) {
    page.on('console', (it: ConsoleMessage) => it.type() === 'error' && errors.push(it.text()));
    page.on('pageerror', (error) => errors.push(error.message));
  }
  const all = new Map<string, Asking>();
  for (let i = 0; i < CUSTOMERS; i++) {
    const person = scriptedCustomer(uniqueName(`Customer ${i}`));
    all.set(person.name, new Asking(person, i));
  }
  const crowd = [...all.values()];
  await waitUntil(() => crowd.every(({ person }) => person.session.state.line === 'open'));
  const talks = Promise.all(crowd.map((it) => it.talk()));

  await Promise.all([
    work(consolePages[0], all, async (answers) => {
      if (answers === 5) {
        consolePages[0].network.cut();
        await consolePages[0].network.refused(2);
        consolePages[0].network.restore();
      }
    }),
    work(consolePages[1], all, async (answers) => {
      if (answers !== 7) return;
      await consolePages[1].page.reload();
      await consolePages[1].page.getByRole('heading', { name: consolePages[1].words.chats }).waitFor();
    }),
  ]);
  await talks;

  for (const { person, said } of crowd) {
    await waitUntil(() => person.settled && person.texts.length >= said.length);
    expect(person.texts).toEqual(said);
  }
  for (const { page } of consolePages) {
    await expect(page.locator('.chats .card', { hasText: /Customer \d/ })).toHaveCount(0);
  }
  expect(errors.filter((text) => !/WebSocket connection to/.test(text))).toEqual([]); // the connection that was cut
});
