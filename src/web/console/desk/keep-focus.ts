/**
 * A button that is at work is disabled, and a browser takes the focus from what is disabled: who uses the keyboard would
 * be at the top of the page after each press. The button that had it gets it back, unless somebody has gone elsewhere.
 */
export function keepFocus(page: Document): void {
  let held: HTMLButtonElement | null = null;
  const forget = (): void => {
    held = null;
    observer.disconnect();
  };
  const observer = new MutationObserver(() => {
    if (held && !held.disabled && page.activeElement === page.body) held.focus();
  });
  page.addEventListener('focusin', ({ target }) => {
    forget();
    // Where a pointer is used, nobody looks for the focus.
    if (!(target instanceof HTMLButtonElement) || !target.matches(':focus-visible')) return;
    held = target;
    observer.observe(held, { attributes: true, attributeFilter: ['disabled'] });
  });
  page.addEventListener('focusout', () => {
    if (held && !held.disabled) forget();
  });
  page.addEventListener('pointerdown', forget);
}
