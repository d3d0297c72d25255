/** In localStorage; set while the sound is off, in all tabs of this browser. */
export const MUTED_KEY = 'rejoin.mute';
