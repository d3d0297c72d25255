import { stack } from 'd3-shape';
import type { Scales } from './Plot';
import { type Bar, barFill } from './series';

interface Props {
  scales: Scales;
  stacks: { series: Bar; values: number[] }[];
  points: number;
}

/** One stacked bar for each point. */
export function Bars({ scales: { left, width, y }, stacks: parts, points }: Props) {
  const layers = stack<number, Bar>()
    .keys(parts.map(({ series }) => series))
    .value((point, key) => parts.find(({ series }) => series === key)?.values[point] ?? 0)(
    Array.from({ length: points }, (_, i) => i),
  );
  return (
    <>
      {layers.map((layer) => (
        <g key={layer.key} fill={barFill(layer.key)}>
          {layer.map(
            ([low, high], i) =>
              high > low && (
                <rect
                  key={i}
                  x={left(i)}
                  width={width}
                  y={y(high)}
                  height={Math.max(0.5, y(low) - y(high) - 1)}
                />
              ),
          )}
        </g>
      ))}
    </>
  );
}
