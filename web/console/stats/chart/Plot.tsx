import { scaleBand } from 'd3-scale';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Unit } from '../range';
import { labelledPoints } from './axis';
import { KeyboardCursor } from './KeyboardCursor';
import { type PointInfo, Tooltip } from './Tooltip';
import { useWidth } from './useWidth';

const HEIGHT = 200;
const LEFT = 74;
const RIGHT = 10;
const TOP = 10;
const BOTTOM = 26;

/** Coordinates, in px. */
export interface Scales {
  /** A point's bar: left edge, middle, width, and the distance to the next point. */
  left(point: number): number;
  middle(point: number): number;
  width: number;
  step: number;
  y(value: number): number;
}

interface Props {
  title: string;
  /** Text alternative of the chart. */
  sentence: string;
  unit: Unit;
  points: number;
  tick(point: number): string;
  scale: { top: number; ticks: number[] };
  value(value: number): string;
  pointInfo(point: number): PointInfo;
  children(scales: Scales): ComponentChildren;
}

/** The frame of a chart over time: axes, and a tooltip for the point selected by mouse, touch or keyboard. */
export function Plot({ title, sentence, unit, points, tick, scale, value, pointInfo, children }: Props) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [selected, setSelected] = useState<number>();
  const right = Math.max(LEFT + 1, width - RIGHT);
  const x = scaleBand<number>()
    .domain(Array.from({ length: points }, (_, i) => i))
    .range([LEFT, right])
    .paddingInner(0.28)
    .paddingOuter(0.14);
  // Not d3's scaleLinear: its colours and formats would be a third of the dashboard's size.
  const y = (it: number) => HEIGHT - BOTTOM - (it / scale.top) * (HEIGHT - BOTTOM - TOP);
  const left = (point: number) => x(point) ?? LEFT;
  const middle = (point: number) => left(point) + x.bandwidth() / 2;
  const selectAt = ({ offsetX }: { offsetX: number }) =>
    setSelected(Math.max(0, Math.min(points - 1, Math.floor((offsetX - LEFT) / x.step()))));
  return (
    <div class="plot" ref={box}>
      <svg
        role="img"
        aria-label={sentence}
        width={width}
        height={HEIGHT}
        onPointerMove={selectAt}
        onPointerDown={selectAt}
        onPointerLeave={() => setSelected(undefined)}
      >
        <g class="scale">
          {scale.ticks.map((it) => (
            <g key={it}>
              <line x1={LEFT} x2={right} y1={y(it)} y2={y(it)} />
              <text x={LEFT - 8} y={y(it)} dy="0.32em" text-anchor="end">
                {value(it)}
              </text>
            </g>
          ))}
          {labelledPoints(points, unit, right - LEFT).map((it) => (
            <text key={it} x={middle(it)} y={HEIGHT - 8} text-anchor="middle">
              {tick(it)}
            </text>
          ))}
        </g>
        {selected !== undefined && (
          <rect
            class="pointed"
            x={left(selected) - (x.step() - x.bandwidth()) / 2}
            y={TOP}
            width={x.step()}
            height={HEIGHT - BOTTOM - TOP}
          />
        )}
        {width > 0 && children({ left, middle, width: x.bandwidth(), step: x.step(), y })}
      </svg>
      <KeyboardCursor
        title={title}
        points={points}
        selected={selected}
        select={setSelected}
        pointInfo={pointInfo}
      />
      {selected !== undefined && <Tooltip info={pointInfo(selected)} x={middle(selected)} width={width} />}
    </div>
  );
}
