const MUTED = 'rejoin.muted';
/** A tab that already shows the text will have marked it as read by then, ms. */
const LATER = 400;
/** No other tab gets a text's lock within this time, ms. */
const HELD = 2_000;

export interface Sound {
  /** Is it off? Remembered for all tabs of this browser. */
  muted(): boolean;
  mute(on: boolean): void;
  /** Plays the sound of the text with this key in one tab of the browser, unless it is read by then. */
  chime(key: string, unread: () => boolean): void;
}

export function sounds(): Sound {
  let here = false;
  const muted = () => {
    try {
      return localStorage.getItem(MUTED) === '1';
    } catch {
      return here; // Storage is denied: for this page, then.
    }
  };
  return {
    muted,
    mute(on) {
      here = on;
      try {
        localStorage.setItem(MUTED, on ? '1' : '');
      } catch {}
    },
    chime: (key, unread) =>
      setTimeout(() => {
        // A page that its user has not touched yet may not sound: another one is to.
        if (muted() || !unread() || !navigator.userActivation?.hasBeenActive) return;
        navigator.locks?.request(`rejoin:sound:${key}`, { ifAvailable: true }, (lock) => lock && play());
      }, LATER),
  };
}

function play(): Promise<void> {
  const audio = new AudioContext();
  const gain = audio.createGain();
  const now = audio.currentTime;
  gain.connect(audio.destination);
  gain.gain.setValueAtTime(0.12, now);
  gain.gain.exponentialRampToValueAtTime(0.001, now + 0.5);
  for (const [i, pitch] of [660, 880].entries()) {
    const tone = audio.createOscillator();
    tone.frequency.value = pitch;
    tone.connect(gain);
    tone.start(now + i * 0.12);
    tone.stop(now + 0.5);
  }
  return new Promise((done) => setTimeout(() => audio.close().then(done), HELD));
}
