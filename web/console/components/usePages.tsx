import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useTranslation } from '../../components/translation';
import { type Page, pageOf } from './pages';

/** One page of a long list, and the buttons that lead to the others; none if it fits. */
export function usePages<T>(items: readonly T[], size?: number): Page<T> & { pager: ComponentChildren } {
  const [wanted, show] = useState(0);
  const page = pageOf(items, wanted, size);
  return { ...page, pager: page.of > 1 && <Pager {...page} total={items.length} show={show} /> };
}

interface Props extends Page<unknown> {
  total: number;
  show(page: number): void;
}

function Pager({ page, of, from, rows, total, show }: Props) {
  const { t } = useTranslation();
  // Not `disabled`, which would take the focus away.
  const button = (key: string, to: number) => (
    <button
      type="button"
      class="secondary small"
      aria-disabled={to < 0 || to >= of}
      onClick={() => show(Math.min(Math.max(0, to), of - 1))}
    >
      {t(key)}
    </button>
  );
  return (
    <nav class="pager" aria-label={t('pages')}>
      {button('previousRows', page - 1)}
      <span role="status">{t('rowsShown', { from: from + 1, to: from + rows.length, total })}</span>
      {button('nextRows', page + 1)}
    </nav>
  );
}
