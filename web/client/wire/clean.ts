/** Texts as the server stores them (internal/chat/clean.go), so that what is counted and sent is what will be stored. */

/** Control characters except tab and newline, and overrides of the writing direction. */
const CONTROL = /[^\P{Cc}\t\n]|[\u202d\u202e]/gu;
/** Control and format characters, except the joiners that names and emoji need. */
const INVISIBLE = /(?![\u200c\u200d])[\p{Cf}\p{Cc}]/gu;

/** A character that is visible by itself: no combining mark, no blank, no letter or symbol that draws nothing. */
const VISIBLE = /[^\p{M}\p{Cf}\p{Z}\p{DI}\u2800\u{1d159}]/u;

/** Lone surrogates become U+FFFD, as they would on their way to the server. */
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');

/** A message as it is stored: it may be empty. */
export const clean = (text: string): string => wellFormed(text).replace(CONTROL, '').trim();

/** A name or title on one line, of at most `most` code points; '' for other values and where nothing is visible. */
export function oneLine(text: unknown, most: number): string {
  if (typeof text !== 'string') return '';
  const shown = wellFormed(text)
    .replace(/[\s\x85]+/g, ' ')
    .replace(INVISIBLE, '')
    .replace(/ +/g, ' ');
  return VISIBLE.test(shown) ? trim(cut(trim(shown), most)) : '';
}

const trim = (text: string): string => text.replace(/^[ \u200c\u200d]+|[ \u200c\u200d]+$/g, '');

/** The first `most` code points. */
export const cut = (text: string, most: number): string => [...text].slice(0, most).join('');
