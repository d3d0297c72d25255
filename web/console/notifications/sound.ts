import type { AppNotification } from './notifications';

/** Two notes each, in Hz: rising for a new chat, falling for a text. */
const notes: Record<AppNotification['kind'], [number, number]> = {
  waiting: [587, 880],
  transferred: [587, 880],
  text: [784, 659],
};

const VOLUME = 0.06;
const NOTE_S = 0.13;

let context: AudioContext | undefined;

/** Browsers allow sound only after the user has interacted with the page. */
export function play(kind: AppNotification['kind']): void {
  context ??= new AudioContext();
  void context.resume();
  for (const [i, pitch] of notes[kind].entries()) note(context, pitch, context.currentTime + i * NOTE_S);
}

function note(to: AudioContext, pitch: number, at: number): void {
  const tone = to.createOscillator();
  const volume = to.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(VOLUME, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 2 * NOTE_S);
  tone.connect(volume).connect(to.destination);
  tone.start(at);
  tone.stop(at + 2 * NOTE_S);
}
