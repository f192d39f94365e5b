// Enough to remember the way from a screen into a form in one of its panels.
const MAX_FOCUS_HISTORY = 12;

// A dialog empties before it fades, and then restores the focus itself.
const DIALOG_CLOSE_MS = 300;

// A control that is still disabled after this time, without showing that it is busy, has finished.
const ASSUME_DONE_MS = 1_000;

/** Elements to return to when a form or row is removed. */
const FOCUS_CONTAINERS = 'form, li, section, [role="region"], [role="dialog"], [role="tabpanel"], main';

/**
 * Keeps the keyboard focus from getting lost. Browsers drop it when a button is disabled, for example while it is
 * busy, or when its element is removed, for example a form after sending. Keyboard users would then start again at
 * the top of the page. The button that had the focus gets it back. If it is gone, the focus goes to the previously
 * focused element in the same container, or to the container itself. Nothing happens if the focus has moved
 * elsewhere, or if nothing had it before.
 */
export function keepFocus(page: Document): void {
  let focused: HTMLElement | null = null;
  let containers: HTMLElement[] = [];
  let focusHistory: HTMLElement[] = [];
  let wasDisabled = false;
  let restoreTimer: ReturnType<typeof setTimeout> | undefined;
  const isLost = (): boolean => page.activeElement === null || page.activeElement === page.body;
  const cancelRestore = (): void => {
    clearTimeout(restoreTimer);
    restoreTimer = undefined;
  };
  const stopTracking = (): void => {
    focused = null;
    cancelRestore();
    observer.disconnect();
  };
  const restoreFocus = (): void => {
    const container = containers.find((element) => element.isConnected) ?? page.querySelector('main');
    stopTracking();
    if (!container || !isLost() || !focusHistory.some((element) => element.isConnected)) return;
    const before = focusHistory.findLast(
      (element) => container.contains(element) && canReceiveFocus(element),
    );
    if (before) return before.focus();
    if (!container.hasAttribute('tabindex')) {
      container.tabIndex = -1;
      container.dataset['focusFallback'] = '';
    }
    container.focus();
  };
  /** Code that removes an element may move the focus itself right afterwards, so wait. */
  const restoreLater = (previous: HTMLElement): void => {
    const isInDialog = containers.some((element) => element.matches('[role="dialog"]'));
    setTimeout(
      () => {
        if (focused !== previous) return;
        if (!previous.isConnected) restoreFocus();
        else if (!previous.matches(':disabled') && page.activeElement !== previous) stopTracking();
      },
      isInDialog ? DIALOG_CLOSE_MS : 0,
    );
  };
  const observer = new MutationObserver(() => {
    if (!focused) return;
    if (focused.matches(':disabled') && !focused.hasAttribute('data-loading'))
      restoreTimer ??= setTimeout(restoreFocus, ASSUME_DONE_MS);
    else cancelRestore();
    if (!focused.isConnected) restoreLater(focused);
    else if (focused.matches(':disabled')) wasDisabled = true;
    else if (wasDisabled && isLost()) focused.focus();
  });
  page.addEventListener('focusin', ({ target, relatedTarget }) => {
    // Focus came from nowhere and does not replace a removed element, so earlier elements are unrelated.
    if (!relatedTarget && focused === null) focusHistory = [];
    stopTracking();
    if (!(target instanceof HTMLElement)) return;
    focusHistory = [...focusHistory.filter((element) => element !== target), target].slice(
      -MAX_FOCUS_HISTORY,
    );
    // Pointer users do not need the focus restored.
    if (!target.matches(':focus-visible')) return;
    focused = target;
    wasDisabled = false;
    containers = containersOf(target);
    const attributeFilter = ['disabled', 'data-loading'];
    observer.observe(page.body, { attributes: true, attributeFilter, childList: true, subtree: true });
  });
  page.addEventListener('focusout', () => {
    if (focused && !focused.matches(':disabled')) restoreLater(focused);
  });
  page.addEventListener('pointerdown', stopTracking);
}

/** The containers of an element, the nearest first. */
function containersOf(target: Element): HTMLElement[] {
  const containers: HTMLElement[] = [];
  for (let ancestor: Element | null = target; ancestor; ancestor = ancestor.parentElement)
    if (ancestor instanceof HTMLElement && ancestor.matches(FOCUS_CONTAINERS)) containers.push(ancestor);
  return containers;
}

/** Fields are excluded, because the screen's shortcuts would be typed into them. */
const canReceiveFocus = (element: HTMLElement): boolean =>
  element.isConnected && !element.matches(':disabled, input, textarea, select') && element.checkVisibility();
