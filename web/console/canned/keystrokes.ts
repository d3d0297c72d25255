const initials = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
const vowels = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(' ');
const finals =
  'ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(
    ' ',
  );

/** The keys that type a letter. The same letter has different code points at a syllable's beginning, middle and end. */
const KEYSTROKES = new Map(
  [[0x1100, initials] as const, [0x1161, vowels] as const, [0x11a8, finals] as const].flatMap(([from, of]) =>
    of.map((keystrokes, i) => [String.fromCodePoint(from + i), keystrokes]),
  ),
);

/**
 * The keys that a text is typed with, regardless of case, width and Unicode form. So an unfinished syllable, such as 호 or 화 before
 * 환, or 갑 before 가방, is a prefix of the finished text.
 */
export function typed(text: string): string {
  return text
    .normalize('NFKD')
    .toUpperCase()
    .replace(/I\u0307/g, 'I')
    .replace(/[\u1100-\u11c2]/g, (letter) => KEYSTROKES.get(letter) ?? letter);
}
