import type { GateAction } from '../../kit/wire.js';
import type { Acting, App, DeskTab, Intent } from '../thread/app.js';
import { keepIntent } from './intent.js';
import { pen } from './loading.js';

type Then = (acting: Acting) => void | Promise<void>;

/** A reader wants to do something to a comment, or to write one: done, or told why not and what would help. */
export async function act(app: App, kind: GateAction, id: string, then: Then): Promise<void> {
  app.menu = null;
  const permission = app.state.gate?.[kind];
  if (permission && !permission.allowed) {
    // Pressed again, it goes away; another action says its own.
    const isSaid = app.note?.id === id && app.note.action === kind;
    app.note = isSaid ? null : { id, refusal: permission, action: kind };
    return app.draw();
  }
  await write(app, id, then, { action: kind, id });
}

/**
 * Loads the code for writing if it is not there, and goes on with it; where that fails it says so at the comment.
 *
 * @param intent what to go on with when the code comes at another try
 */
export async function write(
  app: App,
  id: string,
  then: Then,
  intent: Intent = { action: 'read', id },
): Promise<void> {
  app.menu = null;
  if (app.note?.id === id) app.note = null;
  try {
    await then(await pen(app));
  } catch {
    const again = () => {
      keepIntent(app, intent);
      app.retry();
    };
    app.note = { id, text: app.t('notNow'), again };
  }
  app.draw();
}

/** The reader wants to write a comment: the composer comes, with the focus in it. */
export async function compose(app: App): Promise<void> {
  app.wantsComposer = true;
  app.refill++;
  await write(app, '', () => undefined, { action: 'comment', id: '' });
}

/** Opens the reader's own page; it says what went wrong, and shows comments, as the code for writing does. */
export function openDesk(app: App, tab: DeskTab): Promise<void> {
  const open = async () => {
    app.mine = await import('../mine/mine.js');
    await app.mine.open(app, tab);
  };
  return write(app, '', open, { action: 'me', id: '' });
}
