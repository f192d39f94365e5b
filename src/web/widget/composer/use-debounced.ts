import { useEffect, useState } from 'preact/hooks';

const delayMs = 1000;

/**
 * Debounces a text that changes with every key, so that screen readers announce the remaining characters once and not
 * after each key.
 */
export function useDebounced(text: string): string {
  const [debounced, setDebounced] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(text), text ? delayMs : 0);
    return () => clearTimeout(timer);
  }, [text]);
  return debounced;
}
