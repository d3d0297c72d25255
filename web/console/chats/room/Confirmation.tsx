import type { Person } from '../../../client/wire/protocol';
import { useTranslation } from '../../../components/translation';
import { nameOf } from '../../components/AgentOptions';
import { Ask } from '../../components/Dialog';
import type { Question } from './RoomHeader';

interface Props {
  what: Question;
  name: string;
  colleagues: Person[];
  transfer(agent: string): void;
  end(): void;
  block(): void;
  close(): void;
}

/** Asks to whom a room is to go, or whether it is to end, or its customer to be kept out. */
export function Questions({ what, name, colleagues, transfer, end, block, close }: Props) {
  const words = useTranslation();
  const { t } = words;
  if (what === 'transfer')
    return (
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
            {nameOf(agent, words)}
          </button>
        ))}
      </Ask>
    );
  const [sure, text, yes] =
    what === 'block' ? ['blockSure', 'blockText', 'blockYes'] : ['endSure', 'endText', 'endYes'];
  return (
    <Ask title={t(sure, { name })} close={close}>
      <p>{t(text)}</p>
      <button
        type="button"
        class="main stop"
        onClick={() => {
          if (what === 'block') block();
          else end();
          close();
        }}
      >
        {t(yes)}
      </button>
    </Ask>
  );
}
