import { useEffect, useRef } from 'react';
import { randomName } from '../../kit/random-name.js';
import { api } from '../api.js';
import type { Person } from '../wire.js';

// Not for somebody who only passes by with J; then each 10 s, as the server forgets after 30 s.
const SETTLE_MS = 500;
const BEAT_MS = 10_000;

// Of several tabs of one person each tells for itself: what one hides another may still show.
const TAB = randomName();

/**
 * Tells the other moderators which comment is on this screen, and hears who has it in hand.
 *
 * @param onAnswer hears of the comment that was asked about, which may be on screen no more
 */
export function useLooking(
  commentId: string | null,
  onAnswer: (commentId: string, lookingAt: Person[]) => void,
): void {
  const latest = useRef(onAnswer);
  useEffect(() => {
    latest.current = onAnswer;
  });
  useEffect(() => {
    if (!commentId) return;
    let told = false;
    let beat: ReturnType<typeof setInterval> | undefined;
    // A missed beat costs nothing, and a comment that is gone says so elsewhere.
    const tell = () => {
      if (document.hidden) return;
      told = true;
      api.look(commentId, TAB).then(
        ({ lookingAt }) => latest.current(commentId, lookingAt),
        () => {},
      );
    };
    const settle = setTimeout(() => {
      tell();
      beat = setInterval(tell, BEAT_MS);
    }, SETTLE_MS);
    const away = () => {
      if (told) api.lookAway(commentId, TAB).catch(() => {});
      told = false;
    };
    const onVisibility = () => (document.hidden ? away() : tell());
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('pagehide', away);
    return () => {
      clearTimeout(settle);
      clearInterval(beat);
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('pagehide', away);
      away();
    };
  }, [commentId]);
}
