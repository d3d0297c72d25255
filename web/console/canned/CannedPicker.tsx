import type { Canned } from '../../client/wire/protocol';
import { useTranslation } from '../../components/translation';
import { hashOf } from '../route';

interface Props {
  id: string;
  hits: Canned[];
  highlighted: number;
  pick(item: Canned): void;
}

/** The hits above the field. The focus stays in the field, which tells a screen reader the highlighted hit. */
export function CannedPicker({ id, hits, highlighted, pick }: Props) {
  const { t } = useTranslation();
  return (
    <div class="picker">
      <p class="visually-hidden" role="status">
        {t('searchResults', { n: hits.length })}
      </p>
      {hits.length === 0 && (
        <p class="empty-note">
          {t('noResults')} <a href={hashOf('canned')}>{t('view_canned')}</a>
        </p>
      )}
      <div role="listbox" id={id} aria-label={t('view_canned')} hidden={hits.length === 0}>
        {hits.map((item, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys go to the field
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
          <div
            key={`${item.scope} ${item.key}`}
            id={`${id}-${i}`}
            role="option"
            class="hit"
            aria-selected={i === highlighted}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(item)}
          >
            <b>{item.title}</b>
            <span class="preview">{item.text}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
