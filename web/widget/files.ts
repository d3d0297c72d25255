import type { File } from './embed';

/** Files of the widget that a file loads when they are needed: made of en.ts, ko.ts and so on. Whose they are, build.mjs says. */
declare const FILES: Record<'en' | 'ko' | 'talk' | 'over' | 'news' | 'ink', File>;

export const files = FILES;
