import { useTranslation } from '../../components/translation';
import { usePages } from '../components/usePages';
import { type Column, formatValue, type Sheet } from './sheet';

/** A chart's data as a table. */
export function SheetTable({
  sheet: { title, rowHeading: of, rows, columns },
  days,
}: {
  sheet: Sheet;
  days: string;
}) {
  const text = useTranslation();
  const { rows: shown, from, pager } = usePages(rows);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section class="sheet" tabIndex={0} aria-label={text.t('tableOf', { title })}>
      <table>
        <caption class="visually-hidden">
          {title}, {days}
        </caption>
        <thead>
          <tr>
            <th scope="col">{of}</th>
            {columns.map(({ name }) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, i) => (
            <tr key={row}>
              <th scope="row">{row.name}</th>
              {columns.map((column) => (
                <td key={column.name} class="number">
                  {column.bar && <ShareBar column={column} row={from + i} />}
                  {formatValue(column.values[from + i], column.kind, text)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {pager}
    </section>
  );
}

/** A bar for the value's share of its column's maximum. */
function ShareBar({ column: { values }, row }: { column: Column; row: number }) {
  const most = Math.max(...values.map((it) => it ?? 0));
  return (
    <svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect width={most ? (100 * (values[row] ?? 0)) / most : 0} height="8" />
    </svg>
  );
}
