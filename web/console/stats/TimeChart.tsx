import { useTranslation } from '../../components/translation';
import { scaleOf } from './chart/axis';
import { Bars } from './chart/Bars';
import { Lines } from './chart/Lines';
import { Plot } from './chart/Plot';
import { isBar, type Line } from './chart/series';
import { tickOf } from './labels';
import type { Data } from './load';
import { type Kind, type Sheet, shown } from './sheet';

interface Props {
  data: Data;
  sheet: Sheet;
  kind: Kind;
  sentence: string;
}

/** What a sheet says over time: its bars on top of each other, its lines, and the band between p50 and p90. */
export function Chart({ data: { buckets, unit }, sheet, kind, sentence }: Props) {
  const text = useTranslation();
  const { columns, rows, title } = sheet;
  const parts = columns.flatMap(({ series, values }) =>
    isBar(series) ? [{ series, values: values.map((it) => it ?? 0) }] : [],
  );
  const lines = columns.flatMap(({ series, values }) =>
    series && !isBar(series) ? [{ series: series as Line, values }] : [],
  );
  const of = (series: Line) => lines.find((it) => it.series === series)?.values;
  const [low, high] = [of('p50'), of('p90')];
  const sums = rows.map((_, i) => parts.reduce((sum, { values }) => sum + (values[i] ?? 0), 0));
  const said = (point: number) => ({
    name: rows[point]?.name ?? '',
    lines: columns.map(({ name, values, kind, series }) => ({
      name,
      value: shown(values[point], kind, text),
      ...(series && { series }),
    })),
  });
  return (
    <Plot
      title={title}
      sentence={sentence}
      unit={unit}
      points={rows.length}
      tick={(point) => {
        const bucket = buckets[point];
        return bucket ? tickOf(bucket, unit, text.lang) : '';
      }}
      scale={scaleOf(kind, [...sums, ...lines.flatMap(({ values }) => values)])}
      value={(value) => (kind === 'score' ? `${value}` : shown(value, kind, text))}
      said={said}
    >
      {(scales) => (
        <>
          <Bars scales={scales} parts={parts} points={rows.length} />
          <Lines scales={scales} lines={lines} {...(low && high && { band: { low, high } })} />
        </>
      )}
    </Plot>
  );
}
