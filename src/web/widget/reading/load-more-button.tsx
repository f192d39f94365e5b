import type { App } from '../thread/app.js';

/** The button for another page, with its loading and error states. */
export function LoadMoreButton(props: { app: App; what: string; label: string; onClick: () => void }) {
  const { app, what } = props;
  const busy = app.busy.has(what);
  return (
    <div class={what ? 'more slim' : 'more'}>
      {app.failed.has(what) && <span role="alert">{app.t('moreFailed')} </span>}
      <button onClick={props.onClick} aria-disabled={busy}>
        {busy ? app.t('busy') : app.failed.has(what) ? app.t('again') : props.label}
      </button>
    </div>
  );
}
