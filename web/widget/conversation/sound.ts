import type { Store } from '../../client/line/storage';
import { MUTE } from './mute';

/** The text that sounded last. */
const RANG = 'rejoin.rang';
/** A tab that already shows the text will have marked it as read by then, ms. */
const LATER = 400;

/** Plays the sound for the text with this key, in one tab of the browser, unless it was read meanwhile. */
export function chime(kept: Store, key: string, news: () => boolean): void {
  setTimeout(() => {
    // A page that its user has not touched yet may not play sounds, so another tab has to.
    if (kept.get(MUTE) || !news() || !navigator.userActivation?.hasBeenActive) return;
    // A tab in the background may be a minute late, so a lock alone is not enough.
    navigator.locks?.request(RANG, () => {
      if (kept.get(RANG) === key) return;
      kept.set(RANG, key);
      play();
    });
  }, LATER);
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
