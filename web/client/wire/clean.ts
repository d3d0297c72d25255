/** What people write, as the server stores it (internal/chat/clean.go): what is counted and sent is what will stand there. */

/** Control characters but tab and newline, and overrides of the writing direction. */
const GONE = /[^\P{Cc}\t\n]|[\u202d\u202e]/gu;
/** Format characters but the joiners that names and emoji are written with, and control characters. */
const UNSEEN = /(?![\u200c\u200d])[\p{Cf}\p{Cc}]/gu;

/** What shows something by itself: no combining mark, no blank, nor what is a letter or a symbol without ink. */
const INK = /[^\p{M}\p{Cf}\p{Z}\p{DI}\u2800\u{1d159}]/u;

/** Half a pair of surrogates is no character, and becomes on its way what stands for one that is unknown. */
const whole = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');

/** A text. */
export const clean = (text: string): string => whole(text).replace(GONE, '').trim();

/** One that stands on one line beside others, at most so many code points of it; nothing of what is no text. */
export function oneLine(text: unknown, most: number): string {
  if (typeof text !== 'string') return '';
  const seen = whole(text)
    .replace(/[\s\x85]+/g, ' ')
    .replace(UNSEEN, '')
    .replace(/ +/g, ' ');
  return INK.test(seen) ? trimmed(cut(trimmed(seen), most)) : '';
}

const trimmed = (text: string): string => text.replace(/^[ \u200c\u200d]+|[ \u200c\u200d]+$/g, '');

/** The first code points. */
export const cut = (text: string, most: number): string => [...text].slice(0, most).join('');
