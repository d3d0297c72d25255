import { scaleBand } from 'd3-scale';
import { useState } from 'preact/hooks';
import { DAY_HOURS, WEEK } from '../figures';
import { KeyboardCursor } from './KeyboardCursor';
import { type PointInfo, Tooltip } from './Tooltip';
import { useWidth } from './useWidth';

/** Below this width, in px, days are columns and hours are rows. */
const NARROW = 560;
const LEFT = 46;
const TOP = 22;
const ROW = 30;
const NARROW_ROW = 22;
const STEPS = 5;
const EVERY_HOURS = 3;

interface Props {
  title: string;
  sentence: string;
  /** Monday's hours, then Tuesday's and so on. */
  values: number[];
  label(value: number): string;
  weekday(day: number): string;
  hour(hour: number): string;
  pointInfo(point: number): PointInfo;
}

/** Hours by days of the week. The higher the value, the stronger the colour. */
export function HeatMap({ title, sentence, values, label, weekday, hour, pointInfo }: Props) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [selected, setSelected] = useState<number>();
  const narrow = width < NARROW;
  const most = Math.max(1, ...values);
  const columns = narrow ? WEEK : DAY_HOURS;
  const rows = narrow ? DAY_HOURS : WEEK;
  const height = TOP + rows * (narrow ? NARROW_ROW : ROW);
  const band = (n: number, from: number, to: number) =>
    scaleBand<number>()
      .domain(Array.from({ length: n }, (_, i) => i))
      .range([from, Math.max(to, from + n)])
      .paddingInner(0.08);
  const [x, y] = [band(columns, LEFT, width), band(rows, TOP, height)];
  const [columnName, rowName] = narrow ? [weekday, hour] : [hour, weekday];
  const pointOf = (column: number, row: number) =>
    narrow ? column * DAY_HOURS + row : row * DAY_HOURS + column;
  const placeOf = (point: number) => {
    const [day, of] = [Math.floor(point / DAY_HOURS), point % DAY_HOURS];
    return narrow ? [day, of] : [of, day];
  };
  const selectAt = ({ offsetX, offsetY }: { offsetX: number; offsetY: number }) => {
    const column = Math.floor((offsetX - LEFT) / x.step());
    const row = Math.floor((offsetY - TOP) / y.step());
    const inside = column >= 0 && row >= 0 && column < columns && row < rows;
    setSelected(inside ? pointOf(column, row) : undefined);
  };
  const every = narrow ? 1 : EVERY_HOURS;
  return (
    <div class="plot" ref={box}>
      <svg
        class="heat"
        role="img"
        aria-label={sentence}
        width={width}
        height={height}
        onPointerMove={selectAt}
        onPointerDown={selectAt}
        onPointerLeave={() => setSelected(undefined)}
      >
        <g class="scale">
          {x.domain().map((column) => (
            <text key={column} x={(x(column) ?? 0) + x.bandwidth() / 2} y={TOP - 8} text-anchor="middle">
              {column % every ? '' : columnName(column)}
            </text>
          ))}
          {y.domain().map((row) => (
            <text key={row} x={LEFT - 8} y={(y(row) ?? 0) + y.bandwidth() / 2} dy="0.32em" text-anchor="end">
              {rowName(row)}
            </text>
          ))}
        </g>
        {values.map((value, point) => {
          const [column = 0, row = 0] = placeOf(point);
          const step = value ? Math.ceil((STEPS * value) / most) : 0;
          return (
            <g key={point} class={`cell step-${step}${point === selected ? ' at' : ''}`}>
              <rect x={x(column)} y={y(row)} width={x.bandwidth()} height={y.bandwidth()} rx={4} />
              <text
                x={(x(column) ?? 0) + x.bandwidth() / 2}
                y={(y(row) ?? 0) + y.bandwidth() / 2}
                dy="0.34em"
                text-anchor="middle"
              >
                {value ? label(value) : ''}
              </text>
            </g>
          );
        })}
      </svg>
      <KeyboardCursor
        title={title}
        points={values.length}
        selected={selected}
        row={narrow ? 1 : DAY_HOURS}
        select={setSelected}
        pointInfo={pointInfo}
      />
      {selected !== undefined && (
        <Tooltip
          info={pointInfo(selected)}
          x={(x(placeOf(selected)[0] ?? 0) ?? 0) + x.bandwidth() / 2}
          width={width}
        />
      )}
    </div>
  );
}
