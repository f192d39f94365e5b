import type { ComposerModule, App, LiveUpdatesHandle } from '../thread/app.js';
import { LiveUpdates } from './live-updates.js';

/** Loads the composer's code and its styles. */
export async function loadComposer(app: App): Promise<ComposerModule> {
  app.composer ??= await import('../composer/composer-chunk.js');
  app.composer.adoptStyles(app.root);
  return app.composer;
}

/** Starts live updates for the thread, once per reader. */
export function startLiveUpdates(app: App): LiveUpdatesHandle {
  if (app.live) return app.live;
  const live = new LiveUpdates(app);
  if (app.signal.aborted) return live;
  app.live = live;
  live.start();
  return live;
}

/**
 * Runs after the first comments are shown: starts live updates and, for readers who may write, loads the composer.
 */
export function start(app: App): void {
  // If loading fails, the thread can still be read. Opening the composer tries again.
  if (app.state.gate?.comment.allowed)
    loadComposer(app).then(
      () => app.render(),
      () => undefined,
    );
  startLiveUpdates(app);
}
