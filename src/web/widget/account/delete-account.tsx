import { useEffect, useState } from 'preact/hooks';
import type { App } from '../thread/app.js';

const path = '/api/v1/me/deletion';

/** Schedules the deletion of the account after a confirmation. It can be cancelled for a day. */
export function DeleteAccount({ app }: { app: App }) {
  const { t } = app;
  const [dueAt, setDueAt] = useState<string | null>(null);
  const [isConfirming, setConfirming] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const { api } = app.session;

  useEffect(() => {
    api.get<{ dueAt: string | null }>(path).then(
      (answer) => setDueAt(answer.dueAt),
      () => undefined,
    );
  }, []);

  const change = async (shouldDelete: boolean) => {
    if (busy) return;
    setBusy(true);
    setFailed(false);
    try {
      if (shouldDelete) setDueAt((await api.request<{ dueAt: string }>('POST', path)).dueAt);
      else {
        await api.request('DELETE', path);
        setDueAt(null);
      }
      setConfirming(false);
    } catch {
      setFailed(true);
    }
    setBusy(false);
  };

  return (
    <div class="choose">
      {dueAt ? (
        <>
          <p role="status">
            {t('deleteAccountDue', {
              when: new Date(dueAt).toLocaleString(app.lang, { dateStyle: 'long', timeStyle: 'short' }),
            })}
          </p>
          <button class="main" aria-disabled={busy} onClick={() => void change(false)}>
            {t('keepAccount')}
          </button>
        </>
      ) : isConfirming ? (
        <div role="group" aria-label={t('deleteAccountAsk')}>
          <p>
            <b>{t('deleteAccountAsk')}</b> {t('deleteAccountMore')}
          </p>
          <button class="main danger" aria-disabled={busy} onClick={() => void change(true)}>
            {t('deleteAccountYes')}
          </button>{' '}
          <button class="second" onClick={() => setConfirming(false)}>
            {t('keepAccount')}
          </button>
        </div>
      ) : (
        <>
          <p>{t('deleteAccountMore')}</p>
          <button class="second" onClick={() => setConfirming(true)}>
            {t('deleteAccount')}
          </button>
        </>
      )}
      {failed && (
        <p class="wrong" role="alert">
          {t('errorAct')}
        </p>
      )}
    </div>
  );
}
