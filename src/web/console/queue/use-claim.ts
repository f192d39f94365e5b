import { useEffect, useRef } from 'react';
import { randomId } from '../../kit/random-id.js';
import { api } from '../api.js';
import type { Person } from '../api-types.js';

// Not for somebody who only passes by with J; then each 10 s, as the server forgets after 30 s.
const SETTLE_MS = 500;
const BEAT_MS = 10_000;

// Of several tabs of one person each tells for itself: what one hides another may still show.
const TAB = randomId();

// What is told of one comment is told in order: a hand that is taken off must not be there again because the word that
// it is on came late.
const lastWords = new Map<string, Promise<unknown>>();

function runInOrder(commentId: string, say: () => Promise<unknown>): void {
  const word = (lastWords.get(commentId) ?? Promise.resolve()).then(say).catch(() => {
    // A missed beat costs nothing, and a comment that is gone says so elsewhere.
  });
  lastWords.set(commentId, word);
  void word.then(() => {
    if (lastWords.get(commentId) === word) lastWords.delete(commentId);
  });
}

/**
 * Tells the other moderators which comment is on this screen, and hears who has it in hand.
 *
 * @param onAnswer hears of the comment that was asked about, which may be on screen no more
 */
export function useClaim(
  commentId: string | null,
  onAnswer: (commentId: string, claimants: Person[]) => void,
): void {
  const latest = useRef(onAnswer);
  useEffect(() => {
    latest.current = onAnswer;
  });
  useEffect(() => {
    if (!commentId) return;
    let told = false;
    let beat: ReturnType<typeof setInterval> | undefined;
    const tell = () => {
      if (document.hidden) return;
      told = true;
      runInOrder(commentId, async () => {
        const { claimants } = await api.claim(commentId, TAB);
        latest.current(commentId, claimants);
      });
    };
    const settle = setTimeout(() => {
      tell();
      beat = setInterval(tell, BEAT_MS);
    }, SETTLE_MS);
    const away = () => {
      if (told) runInOrder(commentId, () => api.releaseClaim(commentId, TAB));
      told = false;
    };
    // A page that goes can wait for no turn.
    const leave = () => {
      if (told || lastWords.has(commentId)) api.releaseClaim(commentId, TAB).catch(() => {});
      told = false;
    };
    const onVisibility = () => (document.hidden ? away() : tell());
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('pagehide', leave);
    return () => {
      clearTimeout(settle);
      clearInterval(beat);
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('pagehide', leave);
      away();
    };
  }, [commentId]);
}
