import { useTranslation } from '../../components/translation';

/** A number; `said` is the word key of its text for screen readers. */
export function Badge({ n, labelKey: label }: { n: number; labelKey: string }) {
  const { t } = useTranslation();
  return (
    <span class="badge">
      <span aria-hidden="true">{n}</span>
      <span class="visually-hidden">{t(label, { n })}</span>
    </span>
  );
}
