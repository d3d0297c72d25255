import { useTranslation } from '../../../components/translation';
import { Icon } from '../../components/Icon';
import { Shop } from '../../components/ShopName';
import { useLeft } from '../list/useLeft';

/** What is asked before it is done. */
export type Question = 'transfer' | 'end' | 'block';

interface Props {
  id: string;
  name: string;
  site: string | undefined;
  online: boolean;
  mine: boolean;
  /** Is the customer's card beside it? */
  card: boolean;
  /** Does it stand beside others? */
  several: boolean;
  back(): void;
  close(): void;
  toggleCard(): void;
  release(): void;
  ask(what: Question): void;
}

/** Whose room it is, and what can be done with it. */
export function RoomHead({ id, name, site, online, mine, card, several, ...does }: Props) {
  const { t } = useTranslation();
  const left = useLeft([{ id, online }]).has(id);
  return (
    <header class="room-head">
      <button type="button" class="bare back" aria-label={t('back')} onClick={does.back}>
        <Icon name="back" />
      </button>
      <div class="whose">
        <h2>{name}</h2>
        <p class={left ? 'gone' : 'here'}>
          <Shop site={site} />
          {t(left ? 'gone' : 'here')}
        </p>
      </div>
      {mine && (
        <div class="acts">
          <button type="button" class="quiet" onClick={() => does.ask('transfer')}>
            {t('transfer')}
          </button>
          <button type="button" class="quiet" onClick={does.release}>
            {t('release')}
          </button>
          <button type="button" class="quiet danger" onClick={() => does.ask('end')}>
            {t('end')}
          </button>
        </div>
      )}
      <button
        type="button"
        class="bare info"
        aria-label={t('card')}
        aria-pressed={card}
        onClick={does.toggleCard}
      >
        <Icon name="card" />
      </button>
      {several && (
        <button type="button" class="bare" aria-label={t('closeNamed', { name })} onClick={does.close}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}
