import { beforeEach, expect, test, vi } from 'vitest';
import type { Serving } from '../../client/wire/protocol';
import { translation } from '../panel/text';
import en from '../words/en.hours';
import ko from '../words/ko.hours';
import { openingNotice, openingTime } from './opening';

beforeEach(() => {
  vi.stubGlobal('navigator', { languages: ['en-GB'] });
});

const words = (lang: string) => {
  const korean = lang.startsWith('ko');
  return translation({ lang, korean }, korean ? ko : en);
};
const at = (word: 'at' | 'after', lang: string, now: string, serving: Omit<Serving, 'state'>, zone: string) =>
  sameAnywhere(openingTime(words(lang), word, { state: 'closed', ...serving }, Date.parse(now), zone));
/** Versions of Unicode's data differ in the space before PM, and in whether Korean has a word for it. */
const sameAnywhere = (said: string) =>
  said
    .replace(/\u202f/g, ' ')
    .replace(/AM (?=\d)/g, '오전 ')
    .replace(/PM (?=\d)/g, '오후 ');
const ms = (time: string) => Date.parse(time);

// 2026-11-30 is a Monday; Seoul is nine hours ahead of UTC all year.
test.each([
  // The same day, the next one, a weekday, a date, and one in another year.
  ['2026-11-30T05:00+09:00', '2026-11-30T09:00+09:00', 'at 09:00', '오전 9:00'],
  ['2026-11-30T23:59+09:00', '2026-12-01T09:00+09:00', 'tomorrow at 09:00', '내일 오전 9:00'],
  ['2026-11-30T00:00+09:00', '2026-12-01T00:00+09:00', 'tomorrow at 00:00', '내일 오전 12:00'],
  ['2026-11-28T20:00+09:00', '2026-11-30T09:00+09:00', 'on Monday at 09:00', '월요일 오전 9:00'],
  ['2026-11-30T20:00+09:00', '2026-12-06T13:30+09:00', 'on Sunday at 13:30', '일요일 오후 1:30'],
  ['2026-11-30T20:00+09:00', '2026-12-07T09:00+09:00', 'on 7 December at 09:00', '12월 7일 오전 9:00'],
  ['2026-12-24T18:00+09:00', '2027-01-03T09:00+09:00', 'on 3 January at 09:00', '1월 3일 오전 9:00'],
  [
    '2026-12-24T18:00+09:00',
    '2027-12-24T09:00+09:00',
    'on 24 December 2027 at 09:00',
    '2027년 12월 24일 오전 9:00',
  ],
])('from %s, a shop that opens at %s', (now, until, english, korean) => {
  const serving = { until: ms(until), zone: 'Asia/Seoul' };
  expect(at('at', 'en', now, serving, 'Asia/Seoul')).toBe(english);
  expect(at('at', 'ko', now, serving, 'Asia/Seoul')).toBe(korean);
  expect(at('after', 'en', now, serving, 'Asia/Seoul')).toBe(english.replace('at ', 'after '));
  expect(at('after', 'ko', now, serving, 'Asia/Seoul')).toBe(`${korean} 이후`);
});

test.each([
  // The customer, the shop, and what the shop's clocks show, if they differ.
  ['Asia/Seoul', 'Asia/Tokyo', '2026-12-01T00:00Z', 'tomorrow at 09:00'],
  ['Europe/London', 'Asia/Seoul', '2026-12-01T00:00Z', 'tomorrow at 00:00 (09:00 our time)'],
  ['Europe/Berlin', 'Asia/Seoul', '2026-12-01T00:00Z', 'tomorrow at 01:00 (09:00 our time)'],
  // In Los Angeles it is still Monday when it is Tuesday in Seoul.
  ['America/Los_Angeles', 'Asia/Seoul', '2026-12-01T00:00Z', 'at 16:00 (Tue 09:00 our time)'],
  ['Asia/Kolkata', 'Asia/Kathmandu', '2026-12-01T03:15Z', 'tomorrow at 08:45 (09:00 our time)'],
  ['Pacific/Kiritimati', 'Pacific/Pago_Pago', '2026-12-01T20:00Z', 'tomorrow at 10:00 (Tue 09:00 our time)'],
])('a customer in %s, a shop in %s', (own, zone, until, said) => {
  expect(at('at', 'en', '2026-11-30T12:00Z', { until: ms(until), zone }, own)).toBe(said);
});

test.each([
  // In winter London and Lisbon agree with UTC, in summer only with each other; New York changes three weeks before London.
  [
    '2026-03-10T08:00Z',
    '2026-03-10T13:00Z',
    'Europe/London',
    'America/New_York',
    'at 13:00 (09:00 our time)',
  ],
  [
    '2026-04-10T08:00Z',
    '2026-04-10T13:00Z',
    'Europe/London',
    'America/New_York',
    'at 14:00 (09:00 our time)',
  ],
  ['2026-06-10T05:00Z', '2026-06-10T08:00Z', 'Europe/London', 'Europe/Lisbon', 'at 09:00'],
  ['2026-12-10T05:00Z', '2026-12-10T09:00Z', 'Europe/London', 'UTC', 'at 09:00'],
  // The days on which Berlin's clocks change have 23 and 25 hours, and are a day like any other.
  ['2026-03-28T20:00+01:00', '2026-03-29T09:00+02:00', 'Europe/Berlin', 'Europe/Berlin', 'tomorrow at 09:00'],
  ['2026-03-29T00:30+01:00', '2026-03-30T00:00+02:00', 'Europe/Berlin', 'Europe/Berlin', 'tomorrow at 00:00'],
  ['2026-10-25T00:30+02:00', '2026-10-25T23:30+01:00', 'Europe/Berlin', 'Europe/Berlin', 'at 23:30'],
  [
    '2026-10-24T09:00+02:00',
    '2026-10-26T09:00+01:00',
    'Europe/Berlin',
    'Europe/Berlin',
    'on Monday at 09:00',
  ],
  // Alike when the shop opens, although they differ now.
  ['2026-03-20T08:00Z', '2026-03-30T08:00Z', 'Africa/Lagos', 'Europe/London', 'on 30 March at 09:00'],
])('clocks change between %s and %s: %s, %s', (now, until, own, zone, said) => {
  expect(at('at', 'en', now, { until: ms(until), zone }, own)).toBe(said);
});

test.each([
  ['en-US', 'tomorrow at 9:00 AM (4:00 PM our time)'],
  ['en-GB', 'tomorrow at 09:00 (16:00 our time)'],
  ['ko-KR', '내일 오전 9:00(매장 현지 시간 오후 4:00)'],
])('times as they are written in %s', (lang, said) => {
  vi.stubGlobal('navigator', { languages: [lang] });
  const serving = { until: ms('2026-12-01T09:00+01:00'), zone: 'Asia/Shanghai' };
  expect(at('at', lang, '2026-11-30T20:00+01:00', serving, 'Europe/Berlin')).toBe(said);
});

test('no time is told that is not known, or that is over; a zone that this browser does not know is left out', () => {
  const now = '2026-11-30T12:00Z';
  expect(at('at', 'en', now, {}, 'UTC')).toBe('');
  expect(at('at', 'en', now, { until: ms(now) }, 'UTC')).toBe('');
  expect(at('at', 'en', now, { until: 'soon' as never }, 'UTC')).toBe('');
  expect(at('at', 'en', now, { until: ms('2026-11-30T13:00Z'), zone: 'Moon/Tycho' }, 'UTC')).toBe('at 13:00');
  expect(at('at', 'en', now, { until: ms('2026-11-30T13:00Z') }, 'UTC')).toBe('at 13:00');
});

test.each([
  ['closed', 'form', undefined, "We're closed now. Leave your question and we'll answer as soon as we can."],
  [
    'nobody',
    'form',
    'ended',
    "Nobody is here right now. Leave your question and we'll answer as soon as we can.",
  ],
  [
    'nobody',
    'conversation',
    'waiting',
    "We have your question. We'll answer as soon as we can; you can close this page and come back.",
  ],
  ['closed', 'conversation', undefined, ''],
  ['closed', 'rating', 'ended', ''],
  [undefined, 'form', undefined, ''],
  [undefined, 'conversation', 'waiting', ''],
] as const)('%s, on the screen %s with a room that is %s', (state, shown, status, said) => {
  const room = status ? ({ status } as never) : null;
  expect(openingNotice(words('en'), { hours: state && { state }, room }, shown)).toBe(said);
});

test('a shop that knows when it opens says so before and after', () => {
  const now = new Date(2026, 10, 30, 20).getTime();
  const hours = { state: 'closed', until: new Date(2026, 11, 1, 9).getTime() } as const;
  const say = (lang: string, shown: 'form' | 'conversation') =>
    sameAnywhere(openingNotice(words(lang), { hours, room: { status: 'waiting' } as never }, shown, now));
  expect(say('en', 'form')).toBe(
    "We're closed now. We're back tomorrow at 09:00. Leave your question and we'll answer as soon as we can.",
  );
  expect(say('en', 'conversation')).toBe(
    "We have your question. We'll answer tomorrow after 09:00; you can close this page and come back.",
  );
  expect(say('ko', 'form')).toBe(
    '지금은 상담 시간이 아닙니다. 내일 오전 9:00에 상담을 다시 시작합니다. 질문을 남겨 주시면 최대한 빨리 답변해 드리겠습니다.',
  );
  expect(say('ko', 'conversation')).toBe(
    '질문이 접수되었습니다. 내일 오전 9:00 이후에 답변해 드리겠습니다. 이 페이지를 닫았다가 다시 오셔도 됩니다.',
  );
});
