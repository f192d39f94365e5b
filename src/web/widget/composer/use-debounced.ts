import { useEffect, useState } from 'preact/hooks';

const restMs = 1000;

/** What changes at every key, once the typing rests: who listens is told what is left, and not twenty times. */
export function useDebounced(text: string): string {
  const [rested, setRested] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), text ? restMs : 0);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
