import { startAuthentication, startRegistration, WebAuthnError } from '@simplewebauthn/browser';
import { api } from '../api.js';

/** The person closed the browser's dialogue, or let it lie. */
export const wasCancelled = (error: unknown): boolean =>
  (error instanceof WebAuthnError && error.code === 'ERROR_CEREMONY_ABORTED') ||
  (error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError'));

/** Asks the device, and gives its answer for a sign-in or a confirmation. */
export async function showPasskey(): Promise<object> {
  const { options } = await api.passkeyChallenge();
  return startAuthentication({
    optionsJSON: options as unknown as Parameters<typeof startAuthentication>[0]['optionsJSON'],
  });
}

/** Has the device make one. @returns recovery codes where there were none yet */
export async function addPasskey(name: string): Promise<string[] | null> {
  const { options } = await api.beginPasskey();
  const response = await startRegistration({
    optionsJSON: options as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'],
  });
  return (await api.addPasskey(name, response)).recoveryCodes;
}
