import { useEffect, useRef } from 'react';

/** Key names as in `event.key`, letters in lower case; a chord is written `g h`. */
export type KeyMap = Readonly<Record<string, ((event: KeyboardEvent) => void) | undefined>>;

const CHORD_MS = 1500;
const STORAGE_KEY = 'pb-single-keys';

/** Single-key shortcuts can be switched off (WCAG 2.1.4), per browser. */
export function areKeysOn(): boolean {
  return localStorage.getItem(STORAGE_KEY) !== 'off';
}

export function setKeysOn(on: boolean): void {
  if (on) localStorage.removeItem(STORAGE_KEY);
  else localStorage.setItem(STORAGE_KEY, 'off');
}

/** The name of a pressed key. On a non-Latin layout, the key's physical position decides. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'code'>): string {
  if (event.key.length === 1 && event.key > '\u007f' && /^Key[A-Z]$/.test(event.code)) {
    return event.code.slice(3).toLowerCase();
  }
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement)
    return !['radio', 'checkbox', 'button', 'submit'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Enter and Space belong to the focused control, arrow keys to a group of options. */
function belongsToControl(name: string, target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (name === ' ' || name === 'Enter') return target.closest('button, a, summary, input') !== null;
  return name.startsWith('Arrow') && target instanceof HTMLInputElement;
}

/** How long a dialog or a menu may take to disappear after Escape. */
const CLOSING_MS = 1_000;

/** While a dialog or menu is open, keys belong to it. */
function isOverlayOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null;
}

function isInListBox(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="listbox"]') !== null;
}

/** Shows on the button that its key was pressed. */
export function flash(key: string): void {
  const button = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  if (!button) return;
  button.removeAttribute('data-flash');
  // Reading the layout restarts the animation when a key is pressed twice in a row.
  void button.offsetWidth;
  button.setAttribute('data-flash', '');
  setTimeout(() => button.removeAttribute('data-flash'), 240);
}

/**
 * Handles keys on the whole page while mounted. Nothing fires while typing, with a modifier held, or below an open
 * dialog or menu.
 */
export function useKeys(map: KeyMap, enabled = true): void {
  const latest = useRef(map);
  useEffect(() => {
    latest.current = map;
  });
  useEffect(() => {
    if (!enabled) return;
    let chord: { key: string; at: number } | null = null;
    let escapedAtMs = -Infinity;
    const recordEscape = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') escapedAtMs = performance.now();
    };
    const onKey = (event: KeyboardEvent, target: EventTarget | null) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (isOverlayOpen()) {
        // React may not have removed the overlay that Escape just closed. A key pressed that quickly is meant for the
        // page.
        const isClosing = performance.now() - escapedAtMs < CLOSING_MS;
        // What is typed into a field of a dialog that stays open is never a command.
        if (isClosing && event.key !== 'Escape' && !isTyping(target))
          requestAnimationFrame(() => onKey(event, document.activeElement));
        return;
      }
      if (isTyping(target) || isInListBox(target)) return;
      const name = keyName(event);
      if (belongsToControl(name, target)) return;
      if (name.length === 1 && !areKeysOn() && name !== '?') return;
      const now = performance.now();
      const chordName = chord && now - chord.at < CHORD_MS ? `${chord.key} ${name}` : null;
      chord = null;
      const handler = (chordName ? latest.current[chordName] : undefined) ?? latest.current[name];
      if (handler) {
        // A held key would decide one comment after another, so only navigation keys may repeat.
        if (event.repeat && !['j', 'k', 'ArrowDown', 'ArrowUp'].includes(name)) return;
        event.preventDefault();
        flash(name);
        handler(event);
      } else if (Object.keys(latest.current).some((key) => key.startsWith(`${name} `))) {
        chord = { key: name, at: now };
      }
    };
    const onKeyDown = (event: KeyboardEvent) => onKey(event, event.target);
    window.addEventListener('keydown', recordEscape, { capture: true });
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', recordEscape, { capture: true });
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [enabled]);
}
