import { useState } from 'preact/hooks';
import { MAX_LISTED } from '../../../client/wire/limits';
import type { Person } from '../../../client/wire/protocol';
import { useTranslation } from '../../../components/translation';
import { agentName } from '../../components/AgentOptions';
import { Dialog } from '../../components/Dialog';
import { usePages } from '../../components/usePages';
import type { ConfirmedAction } from './RoomHeader';

/** More colleagues than this are easier to search than to read. */
const SEARCH_FROM = 12;

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
  const [typed, search] = useState('');
  const found = colleagues.filter((agent) =>
    agentName(agent, words).toLocaleLowerCase().includes(typed.trim().toLocaleLowerCase()),
  );
  const { rows, pager } = usePages(found);
  if (action === 'transfer')
    return (
      <Dialog title={t('transferTo')} close={close}>
        {colleagues.length === 0 && <p>{t('transferNone')}</p>}
        {colleagues.length > SEARCH_FROM && (
          <input
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            value={typed}
            onInput={(event) => search(event.currentTarget.value)}
          />
        )}
        {colleagues.length > 0 && found.length === 0 && <p role="status">{t('noResults')}</p>}
        {rows.map((agent) => (
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
        {pager}
        {colleagues.length >= MAX_LISTED - 1 && <p>{t('transferCut', { count: colleagues.length })}</p>}
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
