/** After this long without input, the user counts as inactive. Long enough to read a screen. */
const INACTIVITY_MS = 10 * 60_000;
const ACTIVITY_EVENTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'] as const;

let lastInputAt = Date.now();
for (const eventName of ACTIVITY_EVENTS) {
  globalThis.addEventListener?.(eventName, () => (lastInputAt = Date.now()), {
    capture: true,
    passive: true,
  });
}

/**
 * Whether the user was active recently. Background requests of an unattended page must not keep the session alive.
 */
export const isUserActive = (): boolean => Date.now() - lastInputAt < INACTIVITY_MS;
