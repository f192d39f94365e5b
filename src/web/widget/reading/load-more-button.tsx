import type { App } from '../thread/app.js';

/**
 * The button for another page, with its loading and error states.
 *
 * @param props.id '' for the thread, a comment's id for its replies
 */
export function LoadMoreButton(props: { app: App; id: string; label: string; onClick: () => void }) {
  const { app, id } = props;
  const busy = app.busy.has(id);
  return (
    <div class={id ? 'more slim' : 'more'}>
      {app.failed.has(id) && <span role="alert">{app.t('moreFailed')} </span>}
      <button onClick={props.onClick} aria-disabled={busy}>
        {busy ? app.t('busy') : app.failed.has(id) ? app.t('again') : props.label}
      </button>
    </div>
  );
}
