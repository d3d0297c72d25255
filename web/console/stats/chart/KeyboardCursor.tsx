import { useState } from 'preact/hooks';
import { useTranslation } from '../../../components/translation';
import { type PointInfo, pointSentence } from './Tooltip';

interface Props {
  title: string;
  points: number;
  selected: number | undefined;
  /** Points that an arrow up or down moves by. */
  row?: number;
  select(point: number | undefined): void;
  pointInfo(point: number): PointInfo;
}

/** Keyboard control of a chart: arrow keys move from point to point, and screen readers read each out. */
export function KeyboardCursor({ title, points, selected, row, select, pointInfo }: Props) {
  const { t } = useTranslation();
  const [lastPoint, setLast] = useState(0);
  const current = Math.min(selected ?? lastPoint, points - 1);
  const go = (point: number) => {
    const next = Math.max(0, Math.min(points - 1, point));
    setLast(next);
    select(next);
  };
  return (
    <input
      type="range"
      class="keyboard-cursor"
      min={0}
      max={points - 1}
      value={current}
      aria-label={t('pointsOf', { title })}
      aria-valuetext={pointSentence(pointInfo(current))}
      onInput={({ currentTarget }) => go(currentTarget.valueAsNumber)}
      onFocus={() => go(current)}
      onBlur={() => select(undefined)}
      onKeyDown={(event) => {
        const by = row && { ArrowUp: -row, ArrowDown: row }[event.key];
        if (!by) return;
        event.preventDefault();
        go(current + by);
      }}
    />
  );
}
