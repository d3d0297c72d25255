import type { ConsoleMessage } from '@playwright/test';
import { type Scripted, until } from './crowd';
import type { Desk } from './desk';
import { expect, somebody, test } from './fixtures';

const CUSTOMERS = 10;
/** How often each customer asks something; one question may be several texts. */
const QUESTIONS = 4;
/** As many chats as an agent has at once. */
const AT_ONCE = 4;

/** A customer of the busy hour: they ask, wait for the answer, and ask again. */
class Asking {
  /** What was written in their chat, by both sides, in its order. */
  readonly said: string[] = [];
  asked = 0;

  constructor(
    readonly person: Scripted,
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
    if ((this.index + this.asked) % 4 === 0) this.person.cut(); // in the middle of it
  }

  /** Asks on as soon as the last question was answered. */
  async talk(): Promise<void> {
    while (this.asked < QUESTIONS) {
      this.ask();
      const answer = `answer ${this.asked} to ${this.person.name}`;
      await until(() => this.person.texts.includes(answer), 120_000);
    }
  }
}

/** One agent works until nobody waits for them any more. */
async function work(desk: Desk, all: Map<string, Asking>, trouble: (answers: number) => Promise<void>) {
  const { page } = desk;
  // Others may wait on a stack that is in use.
  const ours = { hasText: /Customer \d/ };
  const waits = page.locator('.chats .card:has(.wait)', ours);
  let answers = 0;
  while ([...all.values()].some((it) => !isOver(it))) {
    const next = page.locator('.queue .card', ours).first().getByRole('button');
    if ((await next.count()) && (await page.locator('.chats .card', ours).count()) < AT_ONCE) {
      await next.click({ timeout: 1_000 }).catch(() => {}); // the colleague was faster
      await page.waitForTimeout(150);
    }
    if (!(await waits.count())) {
      await page.waitForTimeout(50);
      continue;
    }
    const name = (await waits.first().locator('b').textContent()) ?? '';
    const it = all.get(name);
    if (!it) throw new Error(`${name} is not one of them`);
    await desk.chat(name).click(); // not the first, which may be another one by now
    const room = desk.room(name);
    await expect(room.locator('.past')).toHaveCount(0);
    // Everything asked so far is there, once and in order, before it is answered.
    await expect(room.getByRole('log').locator('.bubble')).toHaveText(it.said);
    const last = it.asked === QUESTIONS;
    const answer = `answer ${it.asked} to ${name}`;
    it.said.push(answer);
    await room.locator('textarea').fill(answer);
    await room.locator('textarea').press('Enter');
    await expect(room.getByRole('log').getByText(answer, { exact: true })).toHaveCount(1);
    if (last) await finish(desk, it);
    await trouble(++answers);
  }
}

const isOver = ({ person }: Asking) => person.session.state.room?.status === 'ended';

/** Ends a chat in which everything was answered, and stored. */
async function finish(desk: Desk, it: Asking) {
  const room = desk.room(it.person.name);
  await expect(room.locator('.sending, .retry, .failed')).toHaveCount(0);
  await expect(room.getByRole('log').locator('.bubble')).toHaveText(it.said);
  await room.getByRole('button', { name: desk.words.end, exact: true }).click();
  await desk.page.getByRole('button', { name: desk.words.endConfirmButton, exact: true }).click();
  await expect(room.locator('.read-only')).toBeVisible();
}

test('a busy hour: two agents, ten customers, nothing overlooked, lost or doubled', async ({
  desk,
  scripted,
}) => {
  test.setTimeout(240_000);
  const desks = [await desk(0), await desk(1)] as const;
  const errors: string[] = [];
  for (const { page } of desks) {
    page.on('console', (it: ConsoleMessage) => it.type() === 'error' && errors.push(it.text()));
    page.on('pageerror', (error) => errors.push(error.message));
  }
  const all = new Map<string, Asking>();
  for (let i = 0; i < CUSTOMERS; i++) {
    const person = scripted(somebody(`Customer ${i}`));
    all.set(person.name, new Asking(person, i));
  }
  const crowd = [...all.values()];
  await until(() => crowd.every(({ person }) => person.session.state.line === 'open'));
  const talks = Promise.all(crowd.map((it) => it.talk()));

  await Promise.all([
    work(desks[0], all, async (answers) => {
      if (answers === 5) {
        desks[0].line.cut();
        await desks[0].page.waitForTimeout(1_000);
        desks[0].line.mend();
      }
    }),
    work(desks[1], all, async (answers) => {
      if (answers !== 7) return;
      await desks[1].page.reload();
      await desks[1].page.getByRole('heading', { name: desks[1].words.chats }).waitFor();
    }),
  ]);
  await talks;

  for (const { person, said } of crowd) {
    await until(() => person.settled && person.texts.length >= said.length);
    expect(person.texts).toEqual(said);
  }
  for (const { page } of desks) {
    await expect(page.locator('.chats .card', { hasText: /Customer \d/ })).toHaveCount(0);
  }
  expect(errors.filter((text) => !/WebSocket connection to/.test(text))).toEqual([]); // the line that was cut
});
