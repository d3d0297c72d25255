import { useTranslation } from '../../components/translation';
import { scaleOf } from './chart/axis';
import { Bars } from './chart/Bars';
import { Lines } from './chart/Lines';
import { Plot } from './chart/Plot';
import { isBar, type Line } from './chart/series';
import { axisLabel } from './labels';
import type { StatsData } from './load';
import { formatValue, type Kind, type Sheet } from './sheet';

interface Props {
  data: StatsData;
  sheet: Sheet;
  kind: Kind;
  sentence: string;
}

/** A sheet over time: stacked bars, lines, and the band between p50 and p90. */
export function TimeChart({ data: { buckets, unit }, sheet, kind, sentence }: Props) {
  const text = useTranslation();
  const { columns, rows, title } = sheet;
  const bars = columns.flatMap(({ series, values }) =>
    isBar(series) ? [{ series, values: values.map((it) => it ?? 0) }] : [],
  );
  const lines = columns.flatMap(({ series, values }) =>
    series && !isBar(series) ? [{ series: series as Line, values }] : [],
  );
  const valuesOf = (series: Line) => lines.find((it) => it.series === series)?.values;
  const [low, high] = [valuesOf('p50'), valuesOf('p90')];
  const sums = rows.map((_, i) => bars.reduce((sum, { values }) => sum + (values[i] ?? 0), 0));
  const pointInfo = (point: number) => ({
    name: rows[point]?.name ?? '',
    lines: columns.map(({ name, values, kind, series }) => ({
      name,
      value: formatValue(values[point], kind, text),
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
        return bucket ? axisLabel(bucket, unit, text.lang) : '';
      }}
      scale={scaleOf(kind, [...sums, ...lines.flatMap(({ values }) => values)])}
      value={(value) => (kind === 'score' ? `${value}` : formatValue(value, kind, text))}
      pointInfo={pointInfo}
    >
      {(scales) => (
        <>
          <Bars scales={scales} stacks={bars} points={rows.length} />
          <Lines scales={scales} lines={lines} {...(low && high && { band: { low, high } })} />
        </>
      )}
    </Plot>
  );
}
