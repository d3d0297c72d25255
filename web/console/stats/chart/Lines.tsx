import { area, line } from 'd3-shape';
import type { Scales } from './Plot';
import { type Line, MARKER_SHAPES } from './series';

type Values = (number | undefined)[];

interface Props {
  scales: Scales;
  lines: { series: Line; values: Values }[];
  /** Filled between two of them. */
  band?: { low: Values; high: Values };
}

/** Points closer than this have no room for a mark each. */
const MARK_PX = 12;

/** Straight lines between values, each with its series' mark; a line breaks where there is no value. */
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

/** Values without a neighbour, to which no line leads. */
const alone = (values: Values, i: number) => values[i - 1] === undefined && values[i + 1] === undefined;
