// As many steps as lead from a screen into a form in one of its panels, and a few more.
const STEPS_KEPT = 12;

// A dialog empties before it fades, and then leads the focus back itself.
const DIALOG_GONE_MS = 300;

// What is disabled for longer without showing that it is at work has nothing left to do.
const DONE_MS = 1_000;

/** What is left when a form or a row goes. */
const PLACES = 'form, li, section, [role="region"], [role="dialog"], [role="tabpanel"], main';

/**
 * Keeps the focus of who uses the keyboard where they are. A browser takes it from a button that is disabled, as one is
 * that is at work, and from what goes, as a form does that was sent: they would be at the top of the page after each
 * press. The button that had it gets it back; where it is gone, what had it before in the same place, or the place itself.
 * Unless somebody, or something, has led it elsewhere, or nothing had it before.
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
  /** Whoever takes a thing away may lead the focus themselves, in the same moment. */
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
    // Out of nowhere, and not in the place of what has just gone: whatever was before has nothing to do with it.
    if (!relatedTarget && held === null) steps = [];
    forget();
    if (!(target instanceof HTMLElement)) return;
    steps = [...steps.filter((each) => each !== target), target].slice(-STEPS_KEPT);
    // Where a pointer is used, nobody looks for the focus.
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

/** What it stands in, the nearest first. */
function placesOf(target: Element): HTMLElement[] {
  const places: HTMLElement[] = [];
  for (let at: Element | null = target; at; at = at.parentElement)
    if (at instanceof HTMLElement && at.matches(PLACES)) places.push(at);
  return places;
}

/** Not a field: in one, the keys of the screen are letters. */
const takesFocus = (each: HTMLElement): boolean =>
  each.isConnected && !each.matches(':disabled, input, textarea, select') && each.checkVisibility();
