import { useEffect } from 'preact/hooks';
import { useStore } from '../../components/hooks';
import { useTranslation } from '../../components/translation';
import { useShopName } from '../components/ShopName';
import { hashOf } from '../route';
import { ShopState } from './ShopState';
import { DEFAULT_SITE, type HoursStore, MAX_ASKED } from './store';

/** How often it is looked whether the hours are still fresh, ms. */
const CHECK_MS = 30_000;

/** Whether the shops are open. While the page is visible, it is asked for every few minutes. */
export function OpenState({ hours, admin }: { hours: HoursStore; admin: boolean }) {
  const { t } = useTranslation();
  const { sites, shops, complete } = useStore(hours);
  useEffect(() => {
    const check = () => document.visibilityState === 'visible' && void hours.refreshIfStale();
    check();
    const timer = setInterval(check, CHECK_MS);
    document.addEventListener('visibilitychange', check);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', check);
    };
  }, [hours]);
  if (!complete || !shops[DEFAULT_SITE]) return null;
  if (sites.length === 1) return <ShopState hours={hours} site={DEFAULT_SITE} admin={admin} />;
  if (sites.length > MAX_ASKED)
    return (
      <p class="shop-state">
        <a href={hashOf('hours')}>{t('view_hours')}</a>
      </p>
    );
  const known = sites.filter((site) => shops[site]);
  const open = known.filter((site) => shops[site]?.now.state === 'open').length;
  return (
    <details class="shop-states">
      <summary>{t('shopsOpen', { open, of: known.length })}</summary>
      {known.map((site) => (
        <div key={site}>
          <SiteName site={site} />
          <ShopState hours={hours} site={site} admin={admin} />
        </div>
      ))}
    </details>
  );
}

function SiteName({ site }: { site: string }) {
  const { t } = useTranslation();
  const name = useShopName(site);
  return <b>{name || t('defaultShop')}</b>;
}
