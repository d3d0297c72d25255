import { useTranslation } from '../../components/translation';
import { Ask } from '../components/Dialog';
import { actions, printed } from './shortcuts';

/** The sheet of keys. */
export function KeySheet({ close }: { close(): void }) {
  const { t } = useTranslation();
  const lines: [string, string][] = [
    ...actions.map((action): [string, string] => [printed[action], t(`key_${action}`)]),
    ['/', t('key_slash')],
    ['Enter', t('key_send')],
    ['Shift+Enter', t('key_line')],
    ['Shift+click', t('key_beside_click')],
  ];
  return (
    <Ask title={t('keys')} close={close} leave={t('close')} wide>
      <dl class="keys">
        {lines.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Ask>
  );
}
