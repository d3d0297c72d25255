import { useTranslation } from '../../../components/translation';
import { Icon } from '../../components/Icon';
import { ShopName } from '../../components/ShopName';

/** Actions that a dialog comes before. */
export type ConfirmedAction = 'transfer' | 'end' | 'block';

interface Props {
  name: string;
  site: string | undefined;
  /** The customer has left the site. */
  left: boolean;
  mine: boolean;
  /** Whether the customer's card is open. */
  card: boolean;
  /** Whether other rooms are shown beside it. */
  several: boolean;
  back(): void;
  close(): void;
  toggleCard(): void;
  release(): void;
  confirm(what: ConfirmedAction): void;
}

/** The customer's name and presence, and the actions on the room. */
export function RoomHeader({ name, site, left, mine, card, several, ...actions }: Props) {
  const { t } = useTranslation();
  return (
    <header class="room-head">
      <button type="button" class="icon-button back" aria-label={t('back')} onClick={actions.back}>
        <Icon name="back" />
      </button>
      <div class="room-title">
        <h2>{name}</h2>
        <p class={left ? 'left-site' : 'on-site'}>
          <ShopName site={site} />
          {t(left ? 'leftSite' : 'onSite')}
        </p>
      </div>
      {mine && (
        <div class="actions">
          <button type="button" class="secondary" onClick={() => actions.confirm('transfer')}>
            {t('transfer')}
          </button>
          <button type="button" class="secondary" onClick={actions.release}>
            {t('release')}
          </button>
          <button type="button" class="secondary danger" onClick={() => actions.confirm('end')}>
            {t('end')}
          </button>
        </div>
      )}
      <button
        type="button"
        class="icon-button info"
        aria-label={t('customerDetails')}
        aria-pressed={card}
        onClick={actions.toggleCard}
      >
        <Icon name="card" />
      </button>
      {several && (
        <button
          type="button"
          class="icon-button"
          aria-label={t('closeNamed', { name })}
          onClick={actions.close}
        >
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}
