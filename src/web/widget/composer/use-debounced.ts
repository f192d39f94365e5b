import { useEffect, useState } from 'preact/hooks';

const restMs = 1000;

/**
 * Debounces a text that changes with every key, so that screen readers announce the remaining characters once and not
 * after each key.
 */
export function useDebounced(text: string): string {
  const [rested, setRested] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), text ? restMs : 0);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
