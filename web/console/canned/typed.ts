const initials = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
const vowels = 'ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ'.split(' ');
const finals =
  'ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(
    ' ',
  );

/** What is pressed for a letter, by where in a syllable Unicode says that it stands. */
const keys = new Map(
  [[0x1100, initials] as const, [0x1161, vowels] as const, [0x11a8, finals] as const].flatMap(([from, of]) =>
    of.map((typed, i) => [String.fromCodePoint(from + i), typed]),
  ),
);

/**
 * A text by the keys it is typed with, whatever its case, its width and the system that wrote it. So what stands in a field
 * while a syllable is being put together, as 호 and 화 on the way to 환, or 갑 to 가방, begins what it will be.
 */
export function typed(text: string): string {
  return text
    .normalize('NFKD')
    .toUpperCase()
    .replace(/I\u0307/g, 'I')
    .replace(/[\u1100-\u11c2]/g, (letter) => keys.get(letter) ?? letter);
}
