import { call, get, id } from './call.js';
import type {
  AppSecret,
  ConsoleSettings,
  FactorAdded,
  StaffSsoConnection,
  AccountSession,
  Passkey,
  PasskeyOptions,
  Passkeys,
  SecondFactor,
  Session,
  SignInMethods,
} from '../api-types.js';

/** The second factor: a code from the authenticator app, or a recovery code. */
export type Proof = { code?: string; recoveryCode?: string };
export type Credentials =
  (({ link: string } | { email: string; password: string }) & Proof) | { passkey: object };

/** Sessions and sign-in methods. */
export const sessionApi = {
  session: () => call<Session>('GET', '/console/session', undefined, { quiet401: true }),
  signIn: (credentials: Credentials) =>
    call<Session>('POST', '/console/session', credentials, { quiet401: true }),
  signOut: () => call<void>('DELETE', '/console/session', undefined, { quiet401: true }),
  createAccount: (account: { name: string; email: string; password: string }) =>
    call<Session>('PUT', '/console/account', account),
  confirm: (proof: (Proof & { password?: string }) | { passkey: object }) =>
    call<void>('POST', '/console/confirmation', proof),
  secondFactor: (signal?: AbortSignal) => get<SecondFactor>('/console/second-factor', signal),
  beginAuthenticator: () => call<AppSecret>('POST', '/console/second-factor/app'),
  finishAuthenticator: (code: string) =>
    call<FactorAdded>('POST', '/console/second-factor/app/activation', { code: code.trim() }),
  removeAuthenticator: () => call<void>('DELETE', '/console/second-factor/app'),
  signInMethods: (signal?: AbortSignal) => get<SignInMethods>('/console/sign-in-methods', signal),
  passkeyChallenge: () => call<PasskeyOptions>('POST', '/console/passkey-challenge'),
  passkeys: (signal?: AbortSignal) => get<Passkeys>('/console/passkeys', signal),
  beginPasskey: () => call<PasskeyOptions>('POST', '/console/passkeys/registration'),
  addPasskey: (name: string, response: object) =>
    call<FactorAdded>('POST', '/console/passkeys', { name, response }),
  renamePasskey: (passkey: string, name: string) =>
    call<Passkey>('PATCH', `/console/passkeys/${id(passkey)}`, { name }),
  removePasskey: (passkey: string) => call<void>('DELETE', `/console/passkeys/${id(passkey)}`),
  staffSso: (signal?: AbortSignal) => get<StaffSsoConnection>('/console/sso', signal),
  connectStaffSso: () => call<{ url: string }>('POST', '/console/sso/connection'),
  newRecoveryCodes: () => call<{ recoveryCodes: string[] }>('POST', '/console/second-factor/recovery-codes'),
  ownSessions: (signal?: AbortSignal) => get<{ items: AccountSession[] }>('/console/sessions', signal),
  endSession: (session: string) => call<void>('DELETE', `/console/sessions/${id(session)}`),
  consoleSettings: (signal?: AbortSignal) => get<ConsoleSettings>('/console/settings', signal),
  setConsoleSettings: (settings: ConsoleSettings) =>
    call<ConsoleSettings>('PUT', '/console/settings', settings),
};
