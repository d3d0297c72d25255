import { useText } from '../ui/text';

/** How many; `said` puts it into words. */
export function Badge({ n, said, kind = '' }: { n: number; said: string; kind?: string }) {
  const { t } = useText();
  return (
    <span class={`badge ${kind}`} title={t(said, { n })}>
      <span aria-hidden="true">{n}</span>
      <span class="unseen">{t(said, { n })}</span>
    </span>
  );
}
