import { Ellipsis, Flag, Link, MessageSquare, Pencil, Trash, UserX } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import type { Comment } from '../../kit/wire.js';
import type { App } from '../thread/app.js';
import { Icon } from '../reading/icon.js';
import { act, write } from './doing.js';
import { showOnly } from './linked-comment.js';

/** The rarer actions: beside the others while the comment is pointed at, by touch in a menu (the styles decide). */
export function Rest({ app, comment }: { app: App; comment: Comment }) {
  const { t } = app;
  const { author, id, viewer } = comment;
  const isOpen = app.menu === id;
  const published = comment.status === 'published';
  const ignoring = viewer?.ignored ? 'stopIgnoring' : 'ignore';
  const box = useRef<HTMLDivElement>(null);
  // Whatever else is touched or reached by keys closes it.
  useEffect(() => {
    if (!isOpen) return undefined;
    const leave = (event: Event) => {
      // Chosen from meanwhile: a drawing is under way, and another one within it would spoil both.
      if (app.menu !== id || event.composedPath().includes(box.current!)) return;
      app.menu = null;
      app.draw();
    };
    document.addEventListener('pointerdown', leave);
    app.root.addEventListener('focusin', leave);
    return () => {
      document.removeEventListener('pointerdown', leave);
      app.root.removeEventListener('focusin', leave);
    };
  }, [isOpen]);
  return (
    <div
      ref={box}
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
          <button onClick={() => void write(app, id, (acting) => acting.open(app, id, 'edit'))}>
            <Icon node={Pencil} />
            <span>{t('edit')}</span>
          </button>
        )}
        {viewer?.canDelete && (
          <button onClick={() => void write(app, id, (acting) => acting.ask(app, 'delete', comment))}>
            <Icon node={Trash} />
            <span>{t('delete')}</span>
          </button>
        )}
        {published && !viewer?.mine && (
          <button
            title={t('flag')}
            disabled={viewer?.flagged}
            onClick={() => void act(app, 'flag', id, (acting) => acting.ask(app, 'flag', comment))}
          >
            <Icon node={Flag} />
            <span>{t(viewer?.flagged ? 'flagged' : 'flag')}</span>
          </button>
        )}
        {published && author && !viewer?.mine && app.session.token && (
          <button
            title={t(ignoring, { name: author.name })}
            onClick={() => void write(app, id, (acting) => acting.ignore(app, author, !viewer?.ignored))}
          >
            <Icon node={UserX} />
            <span>{t(ignoring, { name: author.name })}</span>
          </button>
        )}
        {published && !app.only && (
          <button title={t('conversation')} onClick={() => showOnly(app, id)}>
            <Icon node={MessageSquare} />
            <span>{t('conversation')}</span>
          </button>
        )}
        {published && (
          <button
            title={t('copyLink')}
            onClick={() => void write(app, id, (acting) => acting.copyLink(app, comment))}
          >
            <Icon node={Link} />
            <span>{t('copyLink')}</span>
          </button>
        )}
      </div>
    </div>
  );
}
