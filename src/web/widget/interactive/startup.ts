import type { ComposerModule, App, LiveUpdatesHandle } from '../thread/app.js';
import { LiveUpdates } from './live-updates.js';

/** The code for writing, and its styles. */
export async function loadComposer(app: App): Promise<ComposerModule> {
  app.composer ??= await import('../composer/composer-chunk.js');
  app.composer.adoptStyles(app.root);
  return app.composer;
}

/** What keeps the thread fresh, started once per reader. */
export function startLiveUpdates(app: App): LiveUpdatesHandle {
  if (app.live) return app.live;
  const live = new LiveUpdates(app);
  if (app.signal.aborted) return live;
  app.live = live;
  live.start();
  return live;
}

/** After the first comments are there: what keeps them fresh, and for those who may write, how. */
export function start(app: App): void {
  // Without it the thread can be read; writing asks for it again.
  if (app.state.gate?.comment.allowed)
    loadComposer(app).then(
      () => app.draw(),
      () => undefined,
    );
  startLiveUpdates(app);
}
