/** How long a person may read a screen without touching anything. */
const INACTIVITY_MS = 10 * 60_000;
const ACTIVITY_EVENTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'] as const;

let touchedAt = Date.now();
for (const each of ACTIVITY_EVENTS) {
  globalThis.addEventListener?.(each, () => (touchedAt = Date.now()), { capture: true, passive: true });
}

/**
 * Whether the user was active recently. Background requests of an unattended page must not keep the session alive.
 */
export const isUserActive = (): boolean => Date.now() - touchedAt < INACTIVITY_MS;
