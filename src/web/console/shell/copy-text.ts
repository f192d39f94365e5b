/**
 * Copies a text to the clipboard. Pages without HTTPS have no `navigator.clipboard`, so there the text is copied from
 * a hidden field. The field is placed beside the pressed button because a dialog does not allow selections outside of
 * it.
 *
 * @throws Error if the browser refuses
 */
export async function copyText(text: string): Promise<void> {
  if ('clipboard' in navigator) return navigator.clipboard.writeText(text);
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement : document.body;
  const field = Object.assign(document.createElement('textarea'), { value: text, readOnly: true });
  Object.assign(field.style, { position: 'fixed', clipPath: 'inset(50%)' });
  (focused.parentElement ?? document.body).append(field);
  field.select();
  // Deprecated, but it is the only way without HTTPS, and all browsers support it.
  const isCopied = document.execCommand('copy');
  field.remove();
  focused.focus();
  if (!isCopied) throw new Error('The browser lets nothing be copied.');
}
