import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { OutboundError } from '../../platform/outbound/outbound.js';

/**
 * Why single sign-on failed. `denied`: the user cancelled the sign-in. `stale`: the response was used before or is too
 * old. `unavailable`: the server is unreachable or broken. `client`: the server rejects this service's client
 * registration: its credentials, grant type, response type or scope. `failed`: any other failure, such as an invalid
 * response.
 */
export type StaffSsoFault = 'denied' | 'stale' | 'unavailable' | 'client' | 'failed';

/** Errors returned by the server (RFC 6749, sections 4.1.2.1 and 5.2). */
const FAULT_BY_ERROR_CODE: Readonly<Record<string, StaffSsoFault>> = {
  access_denied: 'denied',
  invalid_grant: 'stale',
  server_error: 'unavailable',
  temporarily_unavailable: 'unavailable',
  invalid_client: 'client',
  unauthorized_client: 'client',
  unsupported_response_type: 'client',
  unsupported_grant_type: 'client',
  invalid_scope: 'client',
};

export function staffSsoFaultOf(error: unknown): StaffSsoFault {
  if (error instanceof OutboundError) return 'unavailable';
  if (error instanceof AuthorizationResponseError) return FAULT_BY_ERROR_CODE[error.error] ?? 'failed';
  if (error instanceof ResponseBodyError)
    return FAULT_BY_ERROR_CODE[error.error] ?? faultOfStatus(error.status);
  // Some servers report an unknown client secret this way.
  if (error instanceof WWWAuthenticateChallengeError) return error.status === 401 ? 'client' : 'failed';
  if (!(error instanceof ClientError)) return 'failed';
  const { cause } = error;
  return cause instanceof Response ? faultOfStatus(cause.status) : staffSsoFaultOf(cause);
}

const faultOfStatus = (status: number): StaffSsoFault => (status >= 500 ? 'unavailable' : 'failed');
