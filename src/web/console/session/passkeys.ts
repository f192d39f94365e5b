import { startAuthentication, startRegistration, WebAuthnError } from '@simplewebauthn/browser';
import { api } from '../api.js';

/** The user closed the browser's dialog or let it time out. */
export const wasCancelled = (error: unknown): boolean =>
  (error instanceof WebAuthnError && error.code === 'ERROR_CEREMONY_ABORTED') ||
  (error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError'));

/** Asks the device for a passkey and returns its response, for signing in or confirming. */
export async function requestPasskey(): Promise<object> {
  const { options } = await api.passkeyChallenge();
  return startAuthentication({
    optionsJSON: options as unknown as Parameters<typeof startAuthentication>[0]['optionsJSON'],
  });
}

/**
 * Creates a passkey on the device.
 * @returns recovery codes if the account had none yet
 */
export async function addPasskey(name: string): Promise<string[] | null> {
  const { options } = await api.beginPasskey();
  const response = await startRegistration({
    optionsJSON: options as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'],
  });
  return (await api.addPasskey(name, response)).recoveryCodes;
}
