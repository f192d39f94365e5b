// Enough steps to lead from a screen into a form in one of its panels, and a few more.
const STEPS_KEPT = 12;

// A dialog empties before it fades, and then restores the focus itself.
const DIALOG_GONE_MS = 300;

// A control that is still disabled after this time, without showing that it is busy, has finished.
const DONE_MS = 1_000;

/** Elements to return to when a form or row is removed. */
const PLACES = 'form, li, section, [role="region"], [role="dialog"], [role="tabpanel"], main';

/**
 * Keeps the keyboard focus from getting lost. Browsers drop it when a button is disabled, for example while it is
 * busy, or when its element is removed, for example a form after sending. Keyboard users would then start again at
 * the top of the page. The button that had the focus gets it back. If it is gone, the focus goes to the previously
 * focused element in the same container, or to the container itself. Nothing happens if the focus has moved
 * elsewhere, or if nothing had it before.
 */
export function keepFocus(page: Document): void {
  let held: HTMLElement | null = null;
  let places: HTMLElement[] = [];
  let steps: HTMLElement[] = [];
  let wasDisabled = false;
  let done: ReturnType<typeof setTimeout> | undefined;
  const isLost = (): boolean => page.activeElement === null || page.activeElement === page.body;
  const rest = (): void => {
    clearTimeout(done);
    done = undefined;
  };
  const forget = (): void => {
    held = null;
    rest();
    observer.disconnect();
  };
  const goBack = (): void => {
    const place = places.find((each) => each.isConnected) ?? page.querySelector('main');
    forget();
    if (!place || !isLost() || !steps.some((each) => each.isConnected)) return;
    const before = steps.findLast((each) => place.contains(each) && takesFocus(each));
    if (before) return before.focus();
    if (!place.hasAttribute('tabindex')) {
      place.tabIndex = -1;
      place.dataset['kept'] = '';
    }
    place.focus();
  };
  /** Code that removes an element may move the focus itself right afterwards, so wait. */
  const soon = (left: HTMLElement): void => {
    const isInDialog = places.some((each) => each.matches('[role="dialog"]'));
    setTimeout(
      () => {
        if (held !== left) return;
        if (!left.isConnected) goBack();
        else if (!left.matches(':disabled') && page.activeElement !== left) forget();
      },
      isInDialog ? DIALOG_GONE_MS : 0,
    );
  };
  const observer = new MutationObserver(() => {
    if (!held) return;
    if (held.matches(':disabled') && !held.hasAttribute('data-loading')) done ??= setTimeout(goBack, DONE_MS);
    else rest();
    if (!held.isConnected) soon(held);
    else if (held.matches(':disabled')) wasDisabled = true;
    else if (wasDisabled && isLost()) held.focus();
  });
  page.addEventListener('focusin', ({ target, relatedTarget }) => {
    // Focus came from nowhere and does not replace a removed element, so earlier steps are unrelated.
    if (!relatedTarget && held === null) steps = [];
    forget();
    if (!(target instanceof HTMLElement)) return;
    steps = [...steps.filter((each) => each !== target), target].slice(-STEPS_KEPT);
    // Pointer users do not need the focus restored.
    if (!target.matches(':focus-visible')) return;
    held = target;
    wasDisabled = false;
    places = placesOf(target);
    const attributeFilter = ['disabled', 'data-loading'];
    observer.observe(page.body, { attributes: true, attributeFilter, childList: true, subtree: true });
  });
  page.addEventListener('focusout', () => {
    if (held && !held.matches(':disabled')) soon(held);
  });
  page.addEventListener('pointerdown', forget);
}

/** The containers of an element, the nearest first. */
function placesOf(target: Element): HTMLElement[] {
  const places: HTMLElement[] = [];
  for (let at: Element | null = target; at; at = at.parentElement)
    if (at instanceof HTMLElement && at.matches(PLACES)) places.push(at);
  return places;
}

/** Not a field, because the screen's shortcuts would be typed into it. */
const takesFocus = (each: HTMLElement): boolean =>
  each.isConnected && !each.matches(':disabled, input, textarea, select') && each.checkVisibility();
