import type { Person } from '../../../client/wire/protocol';
import { useTranslation } from '../../../components/translation';
import { agentName } from '../../components/AgentOptions';
import { Dialog } from '../../components/Dialog';
import type { ConfirmedAction } from './RoomHeader';

interface Props {
  action: ConfirmedAction;
  name: string;
  colleagues: Person[];
  transfer(agent: string): void;
  end(): void;
  block(): void;
  close(): void;
}

/** Asks for the colleague to transfer a room to, or to confirm that it ends or that the customer is blocked. */
export function Confirmation({ action, name, colleagues, transfer, end, block, close }: Props) {
  const words = useTranslation();
  const { t } = words;
  if (action === 'transfer')
    return (
      <Dialog title={t('transferTo')} close={close}>
        {colleagues.length === 0 && <p>{t('transferNone')}</p>}
        {colleagues.map((agent) => (
          <button
            type="button"
            class="secondary"
            key={agent.id}
            onClick={() => {
              transfer(agent.id);
              close();
            }}
          >
            {agentName(agent, words)}
          </button>
        ))}
      </Dialog>
    );
  const [sure, text, yes] =
    action === 'block'
      ? ['blockConfirm', 'blockText', 'blockConfirmButton']
      : ['endConfirm', 'endText', 'endConfirmButton'];
  return (
    <Dialog title={t(sure, { name })} close={close}>
      <p>{t(text)}</p>
      <button
        type="button"
        class="primary destructive"
        onClick={() => {
          if (action === 'block') block();
          else end();
          close();
        }}
      >
        {t(yes)}
      </button>
    </Dialog>
  );
}
