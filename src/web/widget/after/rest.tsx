import { Ellipsis, Flag, Link, Pencil, Trash2 } from 'lucide';
import type { Comment } from '../../kit/wire.js';
import type { App } from '../thread/app.js';
import { Icon } from '../reading/icon.js';

/** The rarer actions: beside the others while the comment is pointed at, by touch in a menu (the styles decide). */
export function Rest({ app, comment }: { app: App; comment: Comment }) {
  const { t } = app;
  const { id, viewer } = comment;
  const isOpen = app.menu === id;
  const published = comment.status === 'published';
  return (
    <div
      class={isOpen ? 'rest open' : 'rest'}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        app.menu = null;
        app.draw();
        event.currentTarget.querySelector('button')?.focus();
      }}
    >
      <button
        class="dots"
        aria-label={t('actions')}
        aria-expanded={isOpen}
        onClick={() => {
          app.menu = isOpen ? null : id;
          app.draw();
        }}
      >
        <Icon node={Ellipsis} />
      </button>
      <div class="menu">
        {viewer?.canEdit && (
          <button onClick={() => void app.write(id, (acting) => acting.open(app, id, 'edit'))}>
            <Icon node={Pencil} />
            {t('edit')}
          </button>
        )}
        {viewer?.canDelete && (
          <button onClick={() => void app.write(id, (acting) => acting.ask(app, 'delete', comment))}>
            <Icon node={Trash2} />
            {t('delete')}
          </button>
        )}
        {published && !viewer?.mine && (
          <button
            disabled={viewer?.flagged}
            onClick={() => void app.act('flag', id, (acting) => acting.ask(app, 'flag', comment))}
          >
            <Icon node={Flag} />
            {t(viewer?.flagged ? 'flagged' : 'flag')}
          </button>
        )}
        {published && (
          <button onClick={() => void app.write(id, (acting) => acting.copyLink(app, comment))}>
            <Icon node={Link} />
            {t('copyLink')}
          </button>
        )}
      </div>
    </div>
  );
}
