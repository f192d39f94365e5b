import { useEffect, useState } from 'preact/hooks';
import type { EmailChoice } from '../../kit/api-types.js';
import type { App } from '../thread/app.js';

const path = '/api/v1/me/notifications/email';
const deliveries = [
  ['instant', 'emailInstant'],
  ['daily', 'emailDaily'],
  ['weekly', 'emailWeekly'],
] as const;

/** Sets where and how often notifications are emailed. A new address must be confirmed first. */
export function EmailNotifications({ app }: { app: App }) {
  const { t } = app;
  const { api } = app.session;
  const [choice, setChoice] = useState<EmailChoice | null>(null);
  const [address, setAddress] = useState('');
  const [delivery, setDelivery] = useState('instant');
  const [errorMessage, setErrorMessage] = useState('');

  const applyChoice = (answer: EmailChoice): void => {
    setChoice(answer);
    setAddress(answer.address ?? answer.suggested ?? '');
    setDelivery(answer.delivery ?? 'instant');
  };
  useEffect(() => {
    api.get<EmailChoice>(path).then(applyChoice, () => setErrorMessage(t('accountFailed')));
  }, []);
  const save = async (body: { address?: string; delivery: string }): Promise<void> => {
    setErrorMessage('');
    try {
      applyChoice(await api.request<EmailChoice>('PUT', path, { body: { ...body, language: app.lang } }));
    } catch (error) {
      setErrorMessage((error as Error).message || t('errorAct'));
    }
  };
  const stop = async (): Promise<void> => {
    setErrorMessage('');
    try {
      await api.request('DELETE', path);
      applyChoice({
        address: null,
        confirmed: false,
        delivery: null,
        language: null,
        suggested: choice?.suggested ?? null,
      });
    } catch {
      setErrorMessage(t('errorAct'));
    }
  };

  return (
    <section>
      <h4>{t('emailTitle')}</h4>
      {choice && (
        <form
          class="choose"
          onSubmit={(event) => {
            event.preventDefault();
            void save({ address, delivery });
          }}
        >
          <p role="status">
            {choice.address === null
              ? t('emailLead')
              : t(choice.confirmed ? 'emailTo' : 'emailWaits', { address: choice.address })}
          </p>
          {choice.address === null && (
            <label class="line">
              <span>{t('emailAddress')}</span>
              <input
                type="email"
                autocomplete="email"
                required
                maxLength={254}
                dir="ltr"
                value={address}
                onInput={(event) => setAddress(event.currentTarget.value)}
              />
            </label>
          )}
          <label class="line">
            <span>{t('emailHow')}</span>
            <select
              value={delivery}
              onChange={(event) => {
                setDelivery(event.currentTarget.value);
                if (choice.address !== null) void save({ delivery: event.currentTarget.value });
              }}
            >
              {deliveries.map(([value, label]) => (
                <option value={value} key={value}>
                  {t(label)}
                </option>
              ))}
            </select>
          </label>
          {choice.address === null ? (
            <button class="second">{t('emailStart')}</button>
          ) : (
            <>
              {!choice.confirmed && (
                <>
                  <button class="link">{t('emailAgain')}</button>
                </>
              )}
              <button type="button" class="link" onClick={() => void stop()}>
                {t('emailStop')}
              </button>
            </>
          )}
        </form>
      )}
      {errorMessage && (
        <p class="wrong" role="alert">
          {errorMessage}
        </p>
      )}
    </section>
  );
}
