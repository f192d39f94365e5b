import type { App } from '../thread/app.js';

/** The control clicked before its handler was ready, by shadow root; null once handlers are ready. */
const clicked = new WeakMap<ShadowRoot, HTMLElement | null>();

/**
 * Captures a click between the first paint and the loading of the handlers, and retries the loading if it has failed.
 */
export function captureEarlyClicks(app: App): void {
  const { root, signal } = app;
  root.addEventListener(
    'click',
    (event) => {
      const control = (event.target as HTMLElement).closest<HTMLElement>('button,.main');
      if (!control || clicked.get(root) === null) return;
      event.preventDefault();
      clicked.set(root, control);
      if (app.codeFailed) app.retry();
    },
    { signal },
  );
}

/** Returns the captured click once. Later clicks are not captured. */
export function takeCapturedClick(root: ShadowRoot): HTMLElement | undefined {
  const control = clicked.get(root) ?? undefined;
  clicked.set(root, null);
  return control;
}
