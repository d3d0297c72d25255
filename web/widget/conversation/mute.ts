/** In localStorage while the sound is off, for all tabs of this browser. */
export const MUTE = 'rejoin.mute';
