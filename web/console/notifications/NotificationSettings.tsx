import { useState } from 'preact/hooks';
import { useStore } from '../../components/hooks';
import { useTranslation } from '../../components/translation';
import { Dialog } from '../components/Dialog';
import { CHANNELS, type Channel, type Settings } from './settings';
import { play } from './sound';

/** A switch for each channel. */
export function NotificationSettings({ settings, close }: { settings: Settings; close(): void }) {
  const { t } = useTranslation();
  const wanted = useStore(settings);
  const [refused, setRefused] = useState(false);

  const change = async (way: Channel, on: boolean) => {
    if (way === 'sound' && on) play('text');
    const allowed = way !== 'desktop' || !on || (await requestPermission());
    setRefused(!allowed);
    settings.set(way, on && allowed);
  };

  return (
    <Dialog title={t('notifications')} close={close} closeLabel={t('close')}>
      <p>{t('notificationsText')}</p>
      {CHANNELS.map((way) => (
        <label key={way} class="switch">
          <input
            type="checkbox"
            role="switch"
            checked={wanted[way]}
            aria-checked={wanted[way]}
            onChange={(event) => void change(way, event.currentTarget.checked)}
          />
          <span>{t(`channel_${way}`)}</span>
        </label>
      ))}
      <p role="status" class={refused ? 'danger' : 'visually-hidden'}>
        {refused && t('notificationsBlocked')}
      </p>
    </Dialog>
  );
}

/** Browsers ask their user once; a refusal can only be changed in the browser's settings. */
async function requestPermission(): Promise<boolean> {
  return 'Notification' in globalThis && (await Notification.requestPermission()) === 'granted';
}
