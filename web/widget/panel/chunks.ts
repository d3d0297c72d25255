import type { Hashes } from '../embed';

/** Files that are loaded when they are needed. The build fills in those that the file at hand loads; see build.mjs. */
declare const CHUNKS: Hashes<'en' | 'ko' | 'conversation' | 'rating' | 'hours' | 'preview' | 'contrast'>;

export const chunks = CHUNKS;
