import { useState } from 'preact/hooks';
import type { Person } from '../../shared/protocol';
import { useText } from '../../ui/text';
import { Ask } from './Ask';

interface Props {
  name: string;
  online: boolean;
  mine: boolean;
  colleagues: Person[];
  back(): void;
  release(): void;
  transfer(agent: string): void;
  end(): void;
}

/** Whose room it is, and what can be done with it. */
export function RoomHead({ name, online, mine, colleagues, back, release, transfer, end }: Props) {
  const { t } = useText();
  const [asking, setAsking] = useState<'transfer' | 'end'>();
  const close = () => setAsking(undefined);
  return (
    <header class="room-head">
      <button type="button" class="quiet back" aria-label={t('back')} onClick={back}>
        ←
      </button>
      <div class="whose">
        <h2>{name}</h2>
        <p class={online ? 'here' : ''}>{t(online ? 'here' : 'gone')}</p>
      </div>
      {mine && (
        <div class="acts">
          <button type="button" class="quiet" onClick={() => setAsking('transfer')}>
            {t('transfer')}
          </button>
          <button type="button" class="quiet" onClick={release}>
            {t('release')}
          </button>
          <button type="button" class="quiet danger" onClick={() => setAsking('end')}>
            {t('end')}
          </button>
        </div>
      )}
      {mine && asking === 'transfer' && (
        <Ask title={t('transferTo')} close={close}>
          {colleagues.length === 0 && <p>{t('transferNone')}</p>}
          {colleagues.map((agent) => (
            <button
              type="button"
              class="quiet"
              key={agent.id}
              onClick={() => {
                transfer(agent.id);
                close();
              }}
            >
              {agent.name}
            </button>
          ))}
        </Ask>
      )}
      {mine && asking === 'end' && (
        <Ask title={t('endSure', { name })} close={close}>
          <p>{t('endText')}</p>
          <button
            type="button"
            class="main stop"
            onClick={() => {
              end();
              close();
            }}
          >
            {t('endYes')}
          </button>
        </Ask>
      )}
    </header>
  );
}
