import type { GateAction } from '../../kit/api-types.js';
import type { ComposerModule, App, AccountTab, Intent } from '../thread/app.js';
import { saveIntent } from './intent.js';
import { loadComposer } from './startup.js';

type Then = (composer: ComposerModule) => void | Promise<void>;

/** A reader wants to do something to a comment, or to write one: done, or told why not and what would help. */
export async function perform(app: App, kind: GateAction, id: string, then: Then): Promise<void> {
  app.menuOf = null;
  const permission = app.state.gate?.[kind];
  if (permission && !permission.allowed) {
    // Pressed again, it goes away; another action says its own.
    const isSaid = app.message?.id === id && app.message.action === kind;
    app.message = isSaid ? null : { id, refusal: permission, action: kind };
    return app.draw();
  }
  await withComposer(app, id, then, { action: kind, id });
}

/**
 * Loads the code for writing if it is not there, and goes on with it; where that fails it says so at the comment.
 *
 * @param intent what to go on with when the code comes at another try
 */
export async function withComposer(
  app: App,
  id: string,
  then: Then,
  intent: Intent = { action: 'read', id },
): Promise<void> {
  app.menuOf = null;
  if (app.message?.id === id) app.message = null;
  try {
    await then(await loadComposer(app));
  } catch {
    const again = () => {
      saveIntent(app, intent);
      app.retry();
    };
    app.message = { id, text: app.t('notNow'), again };
  }
  app.draw();
}

/** The reader wants to write a comment: the composer comes, with the focus in it. */
export async function openComposer(app: App): Promise<void> {
  app.focusComposer = true;
  app.draftVersion++;
  await withComposer(app, '', () => undefined, { action: 'comment', id: '' });
}

/** Opens the reader's own page; it says what went wrong, and shows comments, as the code for writing does. */
export function openAccount(app: App, tab: AccountTab): Promise<void> {
  const open = async () => {
    app.account = await import('../account/account-chunk.js');
    await app.account.openAccountTab(app, tab);
  };
  return withComposer(app, '', open, { action: 'me', id: '' });
}
