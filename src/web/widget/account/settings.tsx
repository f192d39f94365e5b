import { useEffect, useState } from 'preact/hooks';
import type { IgnoredAuthor, NotificationSettings } from '../../kit/api-types.js';
import type { App } from '../thread/app.js';
import { EmailNotifications } from './email-notifications.js';
import { DeleteAccount } from './delete-account.js';
import { ListFrame } from './list-frame.js';
import { usePagedList } from './use-paged-list.js';

const switches = [
  ['replies', 'notifyReplies'],
  ['mentions', 'notifyMentions'],
  ['decisions', 'notifyDecisions'],
  ['following', 'notifyFollowing'],
] as const;

/** The reader's settings: notifications, ignored authors, data export, account deletion. */
export function Settings({ app }: { app: App }) {
  return (
    <>
      <NotificationSwitches app={app} />
      <EmailNotifications app={app} />
      <IgnoredAuthors app={app} />
      <section>
        <h4>{app.t('yourData')}</h4>
        <Download app={app} />
        <DeleteAccount app={app} />
      </section>
    </>
  );
}

function NotificationSwitches({ app }: { app: App }) {
  const { t } = app;
  const path = '/api/v1/me/notifications/settings';
  const [settings, setSettings] = useState<NotificationSettings | null>(null);
  const [announcement, setAnnouncement] = useState('');
  const [failed, setFailed] = useState(false);
  const read = () => {
    setFailed(false);
    app.session.api.get<NotificationSettings>(path).then(setSettings, () => setFailed(true));
  };
  useEffect(read, []);
  const change = async (changed: NotificationSettings) => {
    const before = settings;
    setSettings(changed);
    setAnnouncement('');
    try {
      await app.session.api.request('PUT', path, { body: changed });
      setAnnouncement(t('saved'));
    } catch {
      setSettings(before);
      setAnnouncement(t('errorAct'));
    }
  };
  return (
    <section>
      <fieldset>
        <legend>{t('notifyAbout')}</legend>
        {settings &&
          switches.map(([name, label]) => (
            <label class="choice" key={name}>
              <input
                type="checkbox"
                checked={settings[name]}
                onChange={(event) => void change({ ...settings, [name]: event.currentTarget.checked })}
              />
              {t(label)}
            </label>
          ))}
        {!settings && !failed && <p role="status">{t('busy')}</p>}
        {failed && (
          <p class="wrong" role="alert">
            {t('accountFailed')}{' '}
            <button class="link" onClick={read}>
              {t('again')}
            </button>
          </p>
        )}
      </fieldset>
      <p class="calm" role="status">
        {announcement}
      </p>
    </section>
  );
}

function IgnoredAuthors({ app }: { app: App }) {
  const { t } = app;
  const list = usePagedList<IgnoredAuthor>(app, '/api/v1/me/ignored');
  return (
    <section>
      <h4>{t('ignoredTitle')}</h4>
      <ListFrame app={app} list={list} empty="noIgnored">
        <ul role="list" class="names">
          {list.items?.map((author) => (
            <li key={author.id}>
              <span>{author.name}</span>
              <button
                class="link"
                aria-label={t('unignore', { name: author.name })}
                onClick={() =>
                  void app.interactive
                    ?.withComposer(app, '', (composer) => composer.ignore(app, author, false))
                    .then(() => list.change((items) => items.filter(({ id }) => id !== author.id)))
                }
              >
                {t('unignore', { name: author.name })}
              </button>
            </li>
          ))}
        </ul>
      </ListFrame>
    </section>
  );
}

/** The download needs the reader's token, which a link cannot carry, so it is fetched and then saved as a file. */
function Download({ app }: { app: App }) {
  const { t } = app;
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const load = async () => {
    if (busy) return;
    setBusy(true);
    setFailed(false);
    try {
      const data = await app.session.api.get<unknown>('/api/v1/me/export');
      const url = URL.createObjectURL(
        new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }),
      );
      const link = document.createElement('a');
      link.href = url;
      link.download = 'comments.json';
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch {
      setFailed(true);
    }
    setBusy(false);
  };
  return (
    <div class="choose">
      <p>{t('downloadMore')}</p>
      <button class="second" aria-disabled={busy} onClick={() => void load()}>
        {t(busy ? 'busy' : 'download')}
      </button>
      {failed && (
        <p class="wrong" role="alert">
          {t('accountFailed')}
        </p>
      )}
    </div>
  );
}
