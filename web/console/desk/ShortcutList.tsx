import { useTranslation } from '../../components/translation';
import { Dialog } from '../components/Dialog';
import { ACTIONS, KEY_LABELS } from './shortcuts';

/** The list of keyboard shortcuts. */
export function ShortcutList({ close }: { close(): void }) {
  const { t } = useTranslation();
  const lines: [string, string][] = [
    ...ACTIONS.map((action): [string, string] => [KEY_LABELS[action], t(`key_${action}`)]),
    ['/', t('key_slash')],
    ['Enter', t('key_send')],
    ['Shift+Enter', t('key_line')],
    ['Shift+click', t('key_beside_click')],
  ];
  return (
    <Dialog title={t('shortcuts')} close={close} closeLabel={t('close')} wide>
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
    </Dialog>
  );
}
