import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { useTranslation } from '../../components/translation';
import { saveFile } from '../export/saveFile';
import { Legend, type Series } from './chart/series';
import { SheetTable } from './SheetTable';
import { type Sheet, sheetCsv } from './sheet';

interface Props {
  sheet: Sheet;
  /** The days, for the file's name. */
  days: string;
  /** What the figures mean, in a sentence or two. */
  about: string;
  /** How many chats are included, and how many not. */
  note?: string;
  legend?: { series: Series; name: string }[];
  wide?: boolean;
  /** The chart; without one only the table is shown. */
  children?: ComponentChildren;
}

/** One chart with an explanation, its table and its CSV file. */
export function ChartPanel({ sheet, days, about, note, legend, wide, children }: Props) {
  const text = useTranslation();
  const { t } = text;
  const id = useId();
  const [table, setTable] = useState(!children);
  const { title } = sheet;
  const download = async () => {
    const file = await saveFile(`${title} ${days}.csv`, 'text/csv');
    await file?.write(sheetCsv(sheet, text));
    await file?.close();
  };
  return (
    <section class={wide ? 'panel wide' : 'panel'} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {children && (
          <button
            type="button"
            class="secondary small"
            aria-pressed={table}
            aria-label={t('tableOf', { title })}
            onClick={() => setTable(!table)}
          >
            {t('table')}
          </button>
        )}
        <button type="button" class="secondary small" aria-label={t('csvOf', { title })} onClick={download}>
          CSV
        </button>
      </header>
      <p class="about">{about}</p>
      {note && <p class="note">{note}</p>}
      {table ? (
        <SheetTable sheet={sheet} days={days} />
      ) : (
        <>
          {legend && <Legend of={legend} />}
          {children}
        </>
      )}
    </section>
  );
}
