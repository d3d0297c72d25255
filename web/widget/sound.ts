const OFF = 'rejoin.mute';
/** A tab that already shows the text will have marked it as read by then, ms. */
const LATER = 400;
/** No other tab gets a text's lock within this time, ms. */
const HELD = 2_000;

export interface Sound {
  /** Remembered for all tabs of this browser. */
  off: boolean;
  /** Plays the sound of the text with this key in one tab of the browser, unless it is read by then. */
  chime(key: string, unread: () => boolean): void;
}

export const sounds = (): Sound => ({
  get off() {
    return !!localStorage.getItem(OFF);
  },
  set off(on) {
    localStorage.setItem(OFF, on ? '1' : '');
  },
  chime(key, unread) {
    setTimeout(() => {
      // A page that its user has not touched yet may not sound: another one is to.
      if (this.off || !unread() || !navigator.userActivation?.hasBeenActive) return;
      navigator.locks?.request(`rejoin:${key}`, { ifAvailable: true }, (lock) => lock && play());
    }, LATER);
  },
});

function play(): Promise<void> {
  const audio = new AudioContext();
  const gain = audio.createGain();
  const tone = audio.createOscillator();
  const now = audio.currentTime;
  tone.frequency.setValueAtTime(660, now);
  tone.frequency.setValueAtTime(880, now + 0.12);
  gain.gain.setValueAtTime(0.12, now);
  gain.gain.exponentialRampToValueAtTime(0.001, now + 0.5);
  tone.connect(gain).connect(audio.destination);
  tone.start();
  tone.stop(now + 0.5);
  return new Promise((done) => setTimeout(() => audio.close().then(done), HELD));
}
