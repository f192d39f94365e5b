import { useEffect, useRef } from 'react';
import { randomId } from '../../kit/random-id.js';
import { api } from '../api.js';
import type { Person } from '../api-types.js';

// Do not claim comments that are only skipped over with J. After that, renew every 10 s because the server drops a
// claim after 30 s.
const SETTLE_MS = 500;
const BEAT_MS = 10_000;

// Each tab claims separately, because another tab of the same person may still show the comment.
const TAB = randomId();

// Requests for one comment are sent in order. Otherwise a late claim could arrive after the release and restore it.
const lastWords = new Map<string, Promise<unknown>>();

function runInOrder(commentId: string, say: () => Promise<unknown>): void {
  const word = (lastWords.get(commentId) ?? Promise.resolve()).then(say).catch(() => {
    // A missed renewal does no harm, and a deleted comment is reported elsewhere.
  });
  lastWords.set(commentId, word);
  void word.then(() => {
    if (lastWords.get(commentId) === word) lastWords.delete(commentId);
  });
}

/**
 * Tells other moderators which comment is on this screen, and reports who else has claimed it.
 *
 * @param onAnswer receives the claims of the requested comment, which may no longer be on screen
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
    // A page that is closing cannot wait for earlier requests.
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
