import { useState } from 'preact/hooks';
import { useTranslation } from '../../../components/translation';
import { type PointInfo, pointSentence } from './Tooltip';

interface Props {
  title: string;
  points: number;
  at: number | undefined;
  /** Points that an arrow up or down moves by. */
  row?: number;
  move(point: number | undefined): void;
  said(point: number): PointInfo;
}

/** Keyboard control of a chart: arrow keys move from point to point, and screen readers read each out. */
export function KeyboardCursor({ title, points, at, row, move, said }: Props) {
  const { t } = useTranslation();
  const [last, setLast] = useState(0);
  const here = Math.min(at ?? last, points - 1);
  const go = (point: number) => {
    const there = Math.max(0, Math.min(points - 1, point));
    setLast(there);
    move(there);
  };
  return (
    <input
      type="range"
      class="keyboard-cursor"
      min={0}
      max={points - 1}
      value={here}
      aria-label={t('pointsOf', { title })}
      aria-valuetext={pointSentence(said(here))}
      onInput={({ currentTarget }) => go(currentTarget.valueAsNumber)}
      onFocus={() => go(here)}
      onBlur={() => move(undefined)}
      onKeyDown={(event) => {
        const by = row && { ArrowUp: -row, ArrowDown: row }[event.key];
        if (!by) return;
        event.preventDefault();
        go(here + by);
      }}
    />
  );
}
