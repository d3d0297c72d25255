import type { File } from '../embed';

/** Files that are loaded when they are needed. The build fills in those that the file at hand loads; see build.mjs. */
declare const CHUNKS: Record<'en' | 'ko' | 'conversation' | 'rating' | 'preview' | 'contrast', File>;

export const chunks = CHUNKS;
