import { area, curveMonotoneX, line } from 'd3-shape';
import type { Line } from './Mark';
import type { Scales } from './Plot';

type Values = (number | undefined)[];

interface Props {
  scales: Scales;
  lines: { series: Line; values: Values }[];
  /** Filled between two of them. */
  band?: { low: Values; high: Values };
}

/** Lines that break where nothing is known; a value between two breaks is a dot. */
export function Lines({ scales: { middle, y }, lines, band }: Props) {
  const draw = line<number | undefined>()
    .defined((value) => value !== undefined)
    .curve(curveMonotoneX)
    .x((_, i) => middle(i))
    .y((value) => y(value ?? 0));
  const fill = area<number | undefined>()
    .defined((value) => value !== undefined)
    .curve(curveMonotoneX)
    .x((_, i) => middle(i))
    .y0((_, i) => y(band?.low[i] ?? 0))
    .y1((value) => y(value ?? 0));
  return (
    <>
      {band && <path class="band" d={fill(band.high) ?? ''} />}
      {lines.map(({ series, values }) => (
        <g key={series}>
          {series === 'earlier' && <path class="halo" d={draw(values) ?? ''} />}
          <path class={`line ${series}`} d={draw(values) ?? ''} />
          {values.map(
            (value, i) =>
              value !== undefined &&
              alone(values, i) && (
                <circle key={i} class={`dot ${series}`} cx={middle(i)} cy={y(value)} r={2.5} />
              ),
          )}
        </g>
      ))}
    </>
  );
}

const alone = (values: Values, i: number) => values[i - 1] === undefined && values[i + 1] === undefined;
