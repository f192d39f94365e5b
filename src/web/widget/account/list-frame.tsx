import type { ComponentChildren } from 'preact';
import type { StringKey } from '../strings/translate.js';
import type { App } from '../thread/app.js';
import type { PagedList } from './use-paged-list.js';

interface FrameProps {
  app: App;
  list: PagedList<unknown>;
  /** Shown if the list is empty; `emptyMore` says what will appear there. */
  empty: StringKey;
  emptyMore?: StringKey;
  children: ComponentChildren;
}

/** The frame of a list: loading, empty and error states, and the button for more. */
export function ListFrame({ app, list, empty, emptyMore, children }: FrameProps) {
  const { t } = app;
  const { items, busy, failed, hasMore } = list;
  return (
    <>
      {items && items.length > 0 && children}
      {items?.length === 0 && (
        <div class="empty-list">
          <p class="lead">{t(empty)}</p>
          {emptyMore && <p>{t(emptyMore)}</p>}
        </div>
      )}
      {!items && busy && (
        <p class="empty-list" role="status">
          {t('busy')}
        </p>
      )}
      {failed && (
        <p class="wrong" role="alert">
          {t('accountFailed')}
        </p>
      )}
      {(failed || (items && hasMore)) && (
        <div class="more slim">
          <button onClick={list.more} aria-disabled={busy}>
            {t(busy ? 'busy' : failed ? 'again' : 'showMore')}
          </button>
        </div>
      )}
    </>
  );
}
