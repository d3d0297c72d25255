import type { File } from '../embed';

/** Files that are loaded when they are needed, built from en.ts, ko.ts and so on; build.mjs says which file loads which. */
declare const FILES: Record<'en' | 'ko' | 'talk' | 'over' | 'news' | 'ink', File>;

export const files = FILES;
