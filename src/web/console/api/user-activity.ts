/** As long as somebody may read a screen without touching anything. */
const AWAY_MS = 10 * 60_000;
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'] as const;

let touchedAt = Date.now();
for (const each of TOUCHES) {
  globalThis.addEventListener?.(each, () => (touchedAt = Date.now()), { capture: true, passive: true });
}

/** Whether somebody is at this page: what it asks for by itself must not keep the session open. */
export const isUserActive = (): boolean => Date.now() - touchedAt < AWAY_MS;
