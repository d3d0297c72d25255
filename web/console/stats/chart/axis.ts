import { ticks } from 'd3-array';
import { utcTicks } from 'd3-time';
import type { Unit } from '../range';
import type { Kind } from '../sheet';

const LABEL_PX = 66;
const TICKS = 4;
/** The smallest range of a time scale: a smaller one would exaggerate differences of a second. */
const MIN_TIME_SCALE_MS = 10_000;

const LABEL_STEPS: Record<Unit, number[]> = {
  hour: [1, 2, 3, 6, 12, 24],
  day: [1, 2, 7, 14, 28],
  month: [1, 2, 3, 6, 12],
};

/** The points to label: as many as fit, at usual steps. */
export function labelledPoints(points: number, unit: Unit, width: number): number[] {
  const fits = LABEL_STEPS[unit].find((step) => (points / step) * LABEL_PX <= width) ?? points;
  return Array.from({ length: Math.ceil(points / fits) }, (_, i) => i * fits);
}

/** The top of the value scale, and its ticks. Times have ticks at whole seconds, minutes or hours. */
export function scaleOf(kind: Kind, values: (number | undefined)[]): { top: number; ticks: number[] } {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  switch (kind) {
    case 'score':
      return { top: 5, ticks: [1, 2, 3, 4, 5] };
    case 'time': {
      const top = 1.06 * Math.max(most, MIN_TIME_SCALE_MS);
      return { top, ticks: utcTicks(new Date(0), new Date(top), TICKS).map(Number) };
    }
    default: {
      const top = 1.06 * Math.max(most, 1);
      return { top, ticks: ticks(0, top, TICKS).filter(Number.isInteger) };
    }
  }
}
