import { expect, test, vi } from 'vitest';
import { csvLine, csvTime, withZone } from './csv';

/** Parses a file as a spreadsheet with this separator does: quotes count only at the beginning of a cell. */
function read(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let [cell, quoted] = ['', false];
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (quoted && char === '"' && text[i + 1] === '"') cell += text[i++];
    else if (char === '"' && (quoted || !cell)) quoted = !quoted;
    else if (quoted || (char !== separator && char !== '\n' && char !== '\r')) cell += char;
    else {
      rows.at(-1)?.push(cell);
      cell = '';
      if (char !== separator) rows.push([]);
    }
  }
  return [...rows, [cell]].filter((row) => row.some(Boolean));
}

const SIGNS = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
const hostile = SIGNS.flatMap((sign) =>
  [
    '',
    ' ',
    '\u3000',
    '\u200b',
    '"',
    'Mina;',
    'Mina,',
    'Mina\t',
    'Mina|',
    'Mina\n',
    'Mina\r\n',
    'Mina; ',
    'a;b\t;',
    'a;\u2028',
    '\v',
    '\u00a0\ufe0f',
    '\u3164',
    ';"',
  ].map((before) => `${before}${sign}HYPERLINK("http://x";1+1)`),
);

test.each([',', ';', '\t', '|'])('with %j as the separator no cell begins with a formula', (separator) => {
  for (const text of [...hostile, '\tcmd', '\rcmd', 'x;\t=cmd', '=', '+82 10']) {
    const cells = read(csvLine(['R1', text, 'last']), separator).flat();
    for (const cell of cells)
      expect(cell, JSON.stringify(text)).not.toMatch(/^["\s\p{Z}\p{C}\p{DI}]*[=+\-@＝＋－＠]/u);
  }
});

test('a text is read back as it was, apart from apostrophes', () => {
  for (const text of [...hostile, 'plain', 'a "b" c', 'two\nlines', '환불; 문의', "O'Neill", '3 coats', '']) {
    const [cells = []] = read(csvLine([text, 'last']).replaceAll(/[\r\n]+(?=.)/g, '\u2028'), ',');
    expect(cells).toHaveLength(2);
    expect(cells[0]?.replaceAll("'", '')).toBe(text.replaceAll(/[\r\n]+/g, '\u2028').replaceAll("'", ''));
  }
});

test.each([
  '0042',
  '12345678901234567890',
  '1e5',
  '3/4',
  '10:30',
  '1.50',
  '１２３',
  '2026-11-30',
  '(123)',
  '₩5000',
  '5 pm',
  '２０：３０',
])('%s stays as it was written', (text) => {
  expect(csvLine([text])).toBe(`'${text}\r\n`);
});

test('words are not changed', () => {
  for (const text of ['Mina', 'a-b', '3 coats', 'a = b', 'x@y.example', 'C++'])
    expect(csvLine([text])).toBe(`${text}\r\n`);
});

test('a time is in the zone of the heading, and can be sorted as text', () => {
  vi.stubEnv('TZ', 'Asia/Kolkata');
  expect(csvLine([csvTime(Date.UTC(2026, 10, 30, 18, 30, 5))])).toBe('2026-12-01 00:00:05\r\n');
  vi.stubEnv('TZ', 'America/New_York');
  expect(csvLine([csvTime(Date.UTC(2026, 10, 1, 4))])).toBe('2026-11-01 00:00:00\r\n');
  expect(withZone('Started')).toMatch(/^Started \(.+\)$/);
});
