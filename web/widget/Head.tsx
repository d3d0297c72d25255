import { useState } from 'preact/hooks';
import type { RoomObject } from '../shared/protocol';
import type { LineState } from '../shared/state';
import { useText } from '../ui/text';

interface Props {
  room: RoomObject | null | undefined;
  going: boolean;
  line: LineState;
  minimise(): void;
  end(): void;
}

/** Who one talks with, and the way out. Ending asks once more, in place. */
export function Head({ room, going, line, minimise, end }: Props) {
  const { t } = useText();
  const [asking, setAsking] = useState(false);
  const agent = going ? room?.agent : undefined;
  const how = agent ? t(agent.online ? 'online' : 'away') : going ? t('queue') : undefined;

  return (
    <div class="head">
      <div class="who">
        <h2>{agent?.name || t('title')}</h2>
        {how && <p class={agent?.online && line === 'open' ? 'how here' : 'how'}>{how}</p>}
      </div>
      {going && (
        <button type="button" class="icon end" aria-expanded={asking} onClick={() => setAsking(!asking)}>
          {t('end')}
        </button>
      )}
      <button type="button" class="icon" aria-label={t('close')} onClick={minimise}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="m6 9 6 6 6-6" />
        </svg>
      </button>
      {asking && going && (
        <div class="sure">
          <p role="status">{t('endSure')}</p>
          <button
            type="button"
            class="quiet danger"
            onClick={() => {
              setAsking(false);
              end();
            }}
          >
            {t('endYes')}
          </button>
          <button type="button" class="quiet" onClick={() => setAsking(false)}>
            {t('endNo')}
          </button>
        </div>
      )}
    </div>
  );
}
