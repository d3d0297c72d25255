import type { Store } from '../../client/line/storage';
import { MUTED_KEY } from './mute';

/** In localStorage: key of the text that a sound was last played for. Also the lock's name. */
const LAST_SOUND_KEY = 'rejoin.rang';
/** After this a tab that shows the text has marked it as read, ms. */
const DELAY_MS = 400;

/** Plays the sound for the text with this key in one tab of the browser, unless it was read in the meantime. */
export function playOnce(storage: Store, key: string, isUnread: () => boolean): void {
  setTimeout(() => {
    // A page that its user has not touched may not play sounds; another tab does.
    if (storage.get(MUTED_KEY) || !isUnread() || !navigator.userActivation?.hasBeenActive) return;
    // A background tab may be a minute late, so a lock alone is not enough.
    navigator.locks?.request(LAST_SOUND_KEY, () => {
      if (storage.get(LAST_SOUND_KEY) === key) return;
      storage.set(LAST_SOUND_KEY, key);
      play();
    });
  }, DELAY_MS);
}

function play(): void {
  const audio = new AudioContext();
  const tone = new OscillatorNode(audio, { frequency: 880 });
  const volume = new GainNode(audio, { gain: 0.12 });
  volume.gain.exponentialRampToValueAtTime(0.001, 0.5);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(0.5);
  tone.onended = () => audio.close();
}
