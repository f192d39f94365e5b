import type { GateAction } from '../../kit/wire.js';
import type { Acting, App, DeskTab } from '../thread/app.js';

type Then = (acting: Acting) => void | Promise<void>;

/** A reader wants to do something to a comment, or to write one: done, or told why not and what would help. */
export async function act(app: App, kind: GateAction, id: string, then: Then): Promise<void> {
  app.menu = null;
  const permission = app.state.gate?.[kind];
  if (permission && !permission.allowed) {
    app.note = app.note?.id === id ? null : { id, refusal: permission, action: kind };
    return app.draw();
  }
  await write(app, id, then);
}

/** Loads the code for writing if it is not there, and goes on with it; where that fails it says so at the comment. */
export async function write(app: App, id: string, then: Then): Promise<void> {
  app.menu = null;
  if (app.note?.id === id) app.note = null;
  try {
    await then(await app.pen());
  } catch {
    app.note = { id, text: app.t('notNow') };
  }
  app.draw();
}

/** The reader wants to write a comment: the composer comes, with the focus in it. */
export async function compose(app: App): Promise<void> {
  app.cameFor = 'comment';
  app.refill++;
  await write(app, '', () => undefined);
}

/** Opens the reader's own page; it says what went wrong, and shows comments, as the code for writing does. */
export function openDesk(app: App, tab: DeskTab): Promise<void> {
  return write(app, '', async () => {
    app.mine = await app.parts.mine();
    await app.mine.open(app, tab);
  });
}
