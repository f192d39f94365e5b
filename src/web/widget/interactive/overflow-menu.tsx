import { Ellipsis, Flag, type IconNode, Link, MessageSquare, Pencil, Trash, UserX } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import type { Comment } from '../../kit/api-types.js';
import type { App } from '../thread/app.js';
import { Icon } from '../reading/icon.js';
import { perform, withComposer } from './gated-actions.js';
import { showConversation } from './linked-comment.js';

/** The less common actions: beside the others on hover, in a menu on touch devices (decided in CSS). */
export function OverflowMenu({ app, comment }: { app: App; comment: Comment }) {
  const { t } = app;
  const { author, id, viewer } = comment;
  const isOpen = app.menuCommentId === id;
  const published = comment.status === 'published';
  const mine = viewer?.mine;
  const item = (node: IconNode, name: string, onClick: () => void, disabled?: boolean) => (
    <button title={name} disabled={disabled} onClick={onClick}>
      <Icon node={node} />
      <span>{name}</span>
    </button>
  );
  /** Runs an action that needs the composer's code. */
  const inComposer = (then: Parameters<typeof withComposer>[2]) => () => void withComposer(app, id, then);
  const menu = useRef<HTMLDivElement>(null);
  // Clicking or focusing anything else closes the menu.
  useEffect(() => {
    if (!isOpen) return undefined;
    const closeMenu = (event: Event) => {
      // If an item has just been chosen, a render is already in progress and a nested one would corrupt it.
      if (app.menuCommentId !== id || event.composedPath().includes(menu.current!)) return;
      app.menuCommentId = null;
      app.render();
    };
    document.addEventListener('pointerdown', closeMenu);
    app.root.addEventListener('focusin', closeMenu);
    return () => {
      document.removeEventListener('pointerdown', closeMenu);
      app.root.removeEventListener('focusin', closeMenu);
    };
  }, [isOpen]);
  return (
    <div
      ref={menu}
      class={isOpen ? 'overflow open' : 'overflow'}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        app.menuCommentId = null;
        app.render();
        event.currentTarget.querySelector('button')?.focus();
      }}
    >
      <button
        class="menu-button"
        aria-label={t('actions')}
        aria-expanded={isOpen}
        onClick={() => {
          app.menuCommentId = isOpen ? null : id;
          app.render();
        }}
      >
        <Icon node={Ellipsis} />
      </button>
      <div class="menu">
        {viewer?.canEdit &&
          item(
            Pencil,
            t('edit'),
            inComposer((composer) => composer.toggleComposer(app, id, 'edit')),
          )}
        {viewer?.canDelete &&
          item(
            Trash,
            t('delete'),
            inComposer((composer) => composer.openDialog(app, 'delete', comment)),
          )}
        {published &&
          !mine &&
          item(
            Flag,
            t(viewer?.flagged ? 'flagged' : 'flag'),
            () => void perform(app, 'flag', id, (composer) => composer.openDialog(app, 'flag', comment)),
            viewer?.flagged,
          )}
        {published &&
          author &&
          !mine &&
          app.session.token &&
          item(
            UserX,
            t(viewer?.ignored ? 'unignore' : 'ignore', { name: author.name }),
            inComposer((composer) => composer.ignore(app, author, !viewer?.ignored)),
          )}
        {published && !app.onlyId && item(MessageSquare, t('conversation'), () => showConversation(app, id))}
        {published &&
          item(
            Link,
            t('copyLink'),
            inComposer((composer) => composer.copyLink(app, comment)),
          )}
      </div>
    </div>
  );
}
