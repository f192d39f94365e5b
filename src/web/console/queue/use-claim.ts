import { useEffect, useRef } from 'react';
import { randomId } from '../../kit/random-id.js';
import { api } from '../api.js';
import type { Person } from '../api-types.js';

// Do not claim comments that are only skipped over with J. After that, renew every 10 s because the server drops a
// claim after 30 s.
const SETTLE_MS = 500;
const HEARTBEAT_MS = 10_000;

// Each tab claims separately, because another tab of the same person may still show the comment.
const TAB = randomId();

// Requests for one comment are sent in order. Otherwise a late claim could arrive after the release and restore it.
const lastRequests = new Map<string, Promise<unknown>>();

function runInOrder(commentId: string, request: () => Promise<unknown>): void {
  const pending = (lastRequests.get(commentId) ?? Promise.resolve()).then(request).catch(() => {
    // A missed renewal does no harm, and a deleted comment is reported elsewhere.
  });
  lastRequests.set(commentId, pending);
  void pending.then(() => {
    if (lastRequests.get(commentId) === pending) lastRequests.delete(commentId);
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
    let isClaimed = false;
    let heartbeat: ReturnType<typeof setInterval> | undefined;
    const claim = () => {
      if (document.hidden) return;
      isClaimed = true;
      runInOrder(commentId, async () => {
        const { claimants } = await api.claim(commentId, TAB);
        latest.current(commentId, claimants);
      });
    };
    const claimTimer = setTimeout(() => {
      claim();
      heartbeat = setInterval(claim, HEARTBEAT_MS);
    }, SETTLE_MS);
    const release = () => {
      if (isClaimed) runInOrder(commentId, () => api.releaseClaim(commentId, TAB));
      isClaimed = false;
    };
    // A page that is closing cannot wait for earlier requests.
    const releaseOnClose = () => {
      if (isClaimed || lastRequests.has(commentId)) api.releaseClaim(commentId, TAB).catch(() => {});
      isClaimed = false;
    };
    const onVisibility = () => (document.hidden ? release() : claim());
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('pagehide', releaseOnClose);
    return () => {
      clearTimeout(claimTimer);
      clearInterval(heartbeat);
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('pagehide', releaseOnClose);
      release();
    };
  }, [commentId]);
}
