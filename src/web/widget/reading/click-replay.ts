import type { App } from '../thread/app.js';

/** The control that was clicked before its handler was there, by shadow root; null once handlers are. */
const clicked = new WeakMap<ShadowRoot, HTMLElement | null>();

/** Keeps a click that comes between the first comments and the code behind their buttons; tries again where that failed. */
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

/** The kept click, once; from now on clicks go their own way. */
export function takeCapturedClick(root: ShadowRoot): HTMLElement | undefined {
  const control = clicked.get(root) ?? undefined;
  clicked.set(root, null);
  return control;
}
