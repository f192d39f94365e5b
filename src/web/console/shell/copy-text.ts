/**
 * Puts a text on the clipboard. Pages without https have no `navigator.clipboard`: there it is copied out of a field that
 * nobody sees, beside the button that was pressed, since a dialog lets nothing outside of it be selected.
 *
 * @throws where the browser does not let it
 */
export async function copyText(text: string): Promise<void> {
  if ('clipboard' in navigator) return navigator.clipboard.writeText(text);
  const pressed = document.activeElement instanceof HTMLElement ? document.activeElement : document.body;
  const field = Object.assign(document.createElement('textarea'), { value: text, readOnly: true });
  Object.assign(field.style, { position: 'fixed', clipPath: 'inset(50%)' });
  (pressed.parentElement ?? document.body).append(field);
  field.select();
  // Deprecated, and the only way there is; all browsers have it.
  const isCopied = document.execCommand('copy');
  field.remove();
  pressed.focus();
  if (!isCopied) throw new Error('The browser lets nothing be copied.');
}
