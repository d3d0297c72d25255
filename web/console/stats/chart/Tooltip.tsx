import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Series, SeriesMark } from './series';

/** The name and the values of one point of a chart. */
export interface PointInfo {
  name: string;
  lines: { name: string; value: string; series?: Series }[];
}

/** As one sentence. */
export const pointSentence = ({ name, lines }: PointInfo) =>
  `${name}: ${lines.map((line) => `${line.name} ${line.value}`).join(', ')}`;

const GAP = 14;

/** Beside the selected point, on the side with more room, and always within the chart. */
export function Tooltip({ info, x, width }: { info: PointInfo; x: number; width: number }) {
  const ref = useRef<HTMLDivElement>(null);
  const [own, setOwn] = useState(0);
  useLayoutEffect(() => setOwn(ref.current?.offsetWidth ?? 0));
  const preferred = x > width / 2 ? x - GAP - own : x + GAP;
  const left = Math.max(0, Math.min(width - own, preferred));
  return (
    <div class="tooltip" ref={ref} style={{ left: `${left}px` }} aria-hidden="true">
      <p>{info.name}</p>
      <table>
        <tbody>
          {info.lines.map(({ name, value, series }) => (
            <tr key={name}>
              <th scope="row">
                {series && <SeriesMark series={series} />} {name}
              </th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
