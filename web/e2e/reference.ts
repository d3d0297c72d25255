import type { EndedRoom, Message, Reason } from '../client/wire/protocol';

/** An ended chat, with its messages where they are needed. */
export interface Chat extends EndedRoom {
  said?: Message[];
}

/** The chats that an agent ever had, found by name; the name is known only in the chats that they had last. */
export function heldBy(chats: Chat[], name: string): Chat[] {
  const who = chats.flatMap(({ agents }) => agents).find((it) => it.name === name);
  return chats.filter(({ agents }) => agents.some(({ id }) => id === who?.id));
}

/** The figures of docs/statistics.md, computed from the single chats. */
export function reference(chats: Chat[]) {
  const answered = chats.filter(({ agents }) => agents.length);
  const firsts = answered.flatMap((it) => firstResponse(it.said ?? []) ?? []);
  const count = (which: (chat: Chat) => boolean) => chats.filter(which).length;
  return {
    started: chats.length,
    answered: answered.length,
    abandoned: chats.length - answered.length,
    unanswered: answered.filter(({ said }) => said && wrote(said) && firstResponse(said) === undefined)
      .length,
    ended: (reason: Reason) => count((it) => it.reason === reason),
    wait: summary(answered.map(({ created, waited }) => openTime(created, created + waited))),
    waitInAll: summary(answered.map(({ waited }) => waited)),
    first: summary(firsts),
    response: summary(answered.flatMap(({ said }) => responses(said ?? []))),
    talk: summary(answered.map(({ talked }) => talked)),
    rating: summary(chats.flatMap(({ rating }) => rating?.score ?? [])),
  };
}

export type Summary = ReturnType<typeof summary>;

function summary(values: number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  return {
    n,
    mean: n ? sorted.reduce((sum, it) => sum + it, 0) / n : undefined,
    p50: sorted[Math.ceil(0.5 * n) - 1],
    p90: sorted[Math.ceil(0.9 * n) - 1],
  };
}

const wrote = (said: Message[]) => said.some(({ from }) => from === 'customer');

/** ms within hours from the customer's first text to the agent's first text after it. */
function firstResponse(said: Message[]): number | undefined {
  const asked = said.find(({ from }) => from === 'customer');
  const answer = asked && said.find(({ from, seq }) => from === 'agent' && seq > asked.seq);
  return answer && openTime(asked.at, answer.at);
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SEOUL = 9 * HOUR;

/** How much of a time lay within the hours of the month's shop, as localstack/month/hours.go sets them. */
function openTime(from: number, to: number): number {
  let sum = 0;
  for (let day = Math.floor((from + SEOUL) / DAY); day * DAY - SEOUL < to; day++) {
    const weekend = [0, 6].includes(new Date(day * DAY).getUTCDay());
    const midnight = day * DAY - SEOUL;
    const opens = midnight + (weekend ? 10 : 9) * HOUR;
    const closes = midnight + (weekend ? 18 : 21) * HOUR;
    sum += Math.max(0, Math.min(to, closes) - Math.max(from, opens));
  }
  return sum;
}

/** ms from the oldest unanswered text, or from when the agent got the chat if later, to the agent's next text. */
function responses(said: Message[]): number[] {
  const values: number[] = [];
  let asked: number | undefined;
  let got = 0;
  for (const { from, event, at } of said) {
    if (event === 'taken' || event === 'transferred') got = at;
    if (from === 'customer') asked ??= at;
    if (from !== 'agent' || asked === undefined) continue;
    values.push(Math.max(0, at - Math.max(asked, got)));
    asked = undefined;
  }
  return values;
}
