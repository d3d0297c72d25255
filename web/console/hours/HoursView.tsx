import { useEffect } from 'preact/hooks';
import type { AgentState } from '../../client/agent/state';
import { useNow, useStore } from '../../components/hooks';
import { useTranslation } from '../../components/translation';
import { useShopName } from '../components/ShopName';
import { navigate, type Route } from '../route';
import { HoursForm } from './HoursForm';
import { Part } from './Part';
import { ScheduleText } from './ScheduleText';
import { ShopState } from './ShopState';
import { DEFAULT_SITE, type HoursStore } from './store';
import { WeekPicture } from './WeekPicture';

interface Props {
  hours: HoursStore;
  state: AgentState;
  route: Route;
}

/** The opening hours of the shops: every agent reads them, admins edit them. */
export function HoursView(props: Props) {
  return (
    <Part>
      <Hours {...props} />
    </Part>
  );
}

function Hours({ hours, state, route }: Props) {
  const { t } = useTranslation();
  const { sites, shops, failed } = useStore(hours);
  const now = useNow(30_000);
  const site = route.query.get('site') ?? DEFAULT_SITE;
  useEffect(() => void hours.load(site), [hours, site]);
  const shop = shops[site];
  const admin = !!state.me?.admin;
  return (
    <main class="page hours">
      <header class="page-head">
        <h1>{t('view_hours')}</h1>
        {sites.length > 1 && (
          <select
            aria-label={t('shop')}
            value={site}
            onChange={({ currentTarget: { value } }) =>
              navigate('hours', [], value ? new URLSearchParams({ site: value }) : undefined)
            }
          >
            {sites.map((it) => (
              <SiteOption key={it} site={it} />
            ))}
          </select>
        )}
        {shop && <ShopState key={site} hours={hours} site={site} admin={admin} />}
      </header>
      <p class="hint">{t(admin ? 'hoursText' : 'hoursReadOnly')}</p>
      {!shop && (
        <p class="empty-note" role="status">
          {failed ? t(`error_${failed}`) : t('loading')}
        </p>
      )}
      {!shop && failed && (
        <button type="button" class="secondary" onClick={() => void hours.load(site)}>
          {t('again')}
        </button>
      )}
      {shop && admin && <HoursForm key={site} hours={hours} site={site} shop={shop} now={now} />}
      {shop && !admin && !shop.hours && <p class="empty-note">{t('hoursNone')}</p>}
      {shop?.hours && !admin && (
        <>
          <WeekPicture schedule={shop.hours} now={now} />
          <ScheduleText schedule={shop.hours} />
        </>
      )}
    </main>
  );
}

function SiteOption({ site }: { site: string }) {
  const { t } = useTranslation();
  const name = useShopName(site);
  return <option value={site}>{name || t('defaultShop')}</option>;
}
