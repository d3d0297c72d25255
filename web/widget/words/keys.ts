import type en from './en';
import type talk from './en.conversation';
import type hours from './en.hours';
import type over from './en.rating';

/** Every word of the widget by its key, in one language. `data-texts` brings others, or some in the shop's own voice. */
export type AllWords = typeof en & typeof talk & typeof hours & typeof over;
export type Word = keyof AllWords;

/** A shop's own words; `dir` is `rtl` where they are written from right to left. */
export type Words = Partial<Record<Word | 'dir', string>>;

/** One of several shops of a deployment, in `sites/KEY.json` there. */
export interface Shop {
  /** As agents see it. */
  name?: string;
  /** CSS of the chat's variables. */
  style?: string;
  /** By language, `en`, `ko`, … */
  texts?: Record<string, Words>;
}
