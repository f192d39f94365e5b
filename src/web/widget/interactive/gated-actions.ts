import type { GateAction } from '../../kit/api-types.js';
import type { ComposerModule, App, AccountTab, Intent } from '../thread/app.js';
import { saveIntent } from './intent.js';
import { loadComposer } from './startup.js';

type ComposerCallback = (composer: ComposerModule) => void | Promise<void>;

/**
 * Performs an action on a comment, or opens the composer, if the gate allows it. Otherwise shows the reason and what
 * would help.
 */
export async function perform(app: App, kind: GateAction, id: string, then: ComposerCallback): Promise<void> {
  app.menuCommentId = null;
  const permission = app.state.gate?.[kind];
  if (permission && !permission.allowed) {
    // A second click hides the message; another action replaces it.
    const isShown = app.message?.id === id && app.message.action === kind;
    app.message = isShown ? null : { id, refusal: permission, action: kind };
    return app.render();
  }
  await withComposer(app, id, then, { action: kind, id });
}

/**
 * Loads the composer's code if necessary and continues with it. If loading fails, shows an error at the comment.
 *
 * @param intent resumed after a successful retry
 */
export async function withComposer(
  app: App,
  id: string,
  then: ComposerCallback,
  intent: Intent = { action: 'read', id },
): Promise<void> {
  app.menuCommentId = null;
  if (app.message?.id === id) app.message = null;
  try {
    await then(await loadComposer(app));
  } catch {
    const retry = () => {
      saveIntent(app, intent);
      app.retry();
    };
    app.message = { id, text: app.t('notNow'), retry };
  }
  app.render();
}

/** Opens the composer and focuses it. */
export async function openComposer(app: App): Promise<void> {
  app.focusComposer = true;
  app.draftVersion++;
  await withComposer(app, '', () => undefined, { action: 'comment', id: '' });
}

/**
 * Opens the reader's account. Loads the composer's code too, because the account shows error messages and comments
 * with it.
 */
export function openAccount(app: App, tab: AccountTab): Promise<void> {
  const open = async () => {
    app.account = await import('../account/account-chunk.js');
    await app.account.openAccountTab(app, tab);
  };
  return withComposer(app, '', open, { action: 'me', id: '' });
}
