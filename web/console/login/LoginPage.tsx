import { useTranslation } from '../../components/translation';

/** Before the log-in. */
export function LoginPage({ failed, enter: logIn }: { failed: boolean; enter(): void }) {
  const { t } = useTranslation();
  return (
    <main class="login-page">
      <p class="brand">{t('product')}</p>
      <h1>{t('welcome')}</h1>
      <p>{t('welcomeText')}</p>
      {failed && (
        <p class="danger" role="alert">
          {t('loginFailed')}
        </p>
      )}
      <button type="button" class="primary" onClick={logIn}>
        {t('login')}
      </button>
    </main>
  );
}
