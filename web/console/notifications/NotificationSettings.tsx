import { useState } from 'preact/hooks';
import { useStore } from '../../components/hooks';
import { useTranslation } from '../../components/translation';
import { Ask } from '../components/Dialog';
import { type Settings, type Way, ways } from './settings';
import { play } from './sound';

/** Which ways of being told the agent wants, each on its own. */
export function NoticeSheet({ settings, close }: { settings: Settings; close(): void }) {
  const { t } = useTranslation();
  const wanted = useStore(settings);
  const [refused, setRefused] = useState(false);

  const change = async (way: Way, on: boolean) => {
    if (way === 'sound' && on) play('text');
    const allowed = way !== 'desktop' || !on || (await allows());
    setRefused(!allowed);
    settings.set(way, on && allowed);
  };

  return (
    <Ask title={t('notices')} close={close} leave={t('close')}>
      <p>{t('noticesText')}</p>
      {ways.map((way) => (
        <label key={way} class="switch">
          <input
            type="checkbox"
            role="switch"
            checked={wanted[way]}
            aria-checked={wanted[way]}
            onChange={(event) => void change(way, event.currentTarget.checked)}
          />
          <span>{t(`way_${way}`)}</span>
        </label>
      ))}
      <p role="status" class={refused ? 'danger' : 'unseen'}>
        {refused && t('noticesRefused')}
      </p>
    </Ask>
  );
}

/** The browser asks its user once; whoever said no has to change it in the browser. */
async function allows(): Promise<boolean> {
  return 'Notification' in globalThis && (await Notification.requestPermission()) === 'granted';
}
