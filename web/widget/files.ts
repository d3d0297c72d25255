import type { File } from './embed';

/** Files of the widget beside the panel, each loaded when it is needed: made of en.ts, ko.ts and so on, named in build.mjs. */
declare const FILES: Record<'en' | 'ko' | 'talk' | 'over' | 'news', File>;

export const files = FILES;
