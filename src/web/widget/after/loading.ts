import type { Acting, App, LiveThread } from '../thread/app.js';
import { Live } from './live.js';

/** The code for writing, and its styles. */
export async function pen(app: App): Promise<Acting> {
  app.acting ??= await import('../acting/acting.js');
  app.acting.dress(app.root);
  return app.acting;
}

/** What keeps the thread fresh, started once per reader. */
export function alive(app: App): LiveThread {
  if (app.live) return app.live;
  const live = new Live(app);
  if (app.signal.aborted) return live;
  app.live = live;
  live.start();
  return live;
}

/** After the first comments are there: what keeps them fresh, and for those who may write, how. */
export function follow(app: App): void {
  // Without it the thread can be read; writing asks for it again.
  if (app.state.gate?.comment.allowed)
    pen(app).then(
      () => app.draw(),
      () => undefined,
    );
  alive(app);
}
