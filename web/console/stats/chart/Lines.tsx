import { area, line } from 'd3-shape';
import type { Scales } from './Plot';
import { type Line, MARKER_SHAPES } from './series';

type Values = (number | undefined)[];

interface Props {
  scales: Scales;
  lines: { series: Line; values: Values }[];
  /** The area between two lines, filled. */
  band?: { low: Values; high: Values };
}

/** Points closer than this, in px, have no markers. */
const MARK_PX = 12;

/** Straight lines with markers; a line is interrupted where a value is undefined. */
export function Lines({ scales: { middle, step, y }, lines, band }: Props) {
  const draw = line<number | undefined>()
    .defined((value) => value !== undefined)
    .x((_, i) => middle(i))
    .y((value) => y(value ?? 0));
  const fill = area<number | undefined>()
    .defined((value) => value !== undefined)
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
              (step >= MARK_PX || alone(values, i)) && (
                <path
                  key={i}
                  class={`shape ${series}`}
                  d={MARKER_SHAPES[series]}
                  transform={`translate(${middle(i)} ${y(value)})`}
                />
              ),
          )}
        </g>
      ))}
    </>
  );
}

/** Whether a value has no neighbours, and so no line. */
const alone = (values: Values, i: number) => values[i - 1] === undefined && values[i + 1] === undefined;
