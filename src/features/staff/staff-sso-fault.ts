import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { OutboundError } from '../../platform/outbound/outbound.js';

/**
 * Why the newsroom's server did not say who somebody is, as far as it takes another remedy: `denied` they left it
 * without signing in; `stale` its answer was used or is too old; `away` it cannot be reached, or is broken; `client` it
 * does not take this service for who it is registered as; `failed` its answer does not hold.
 */
export type StaffSsoFault = 'denied' | 'stale' | 'away' | 'client' | 'failed';

/** Errors that the server names (RFC 6749, sections 4.1.2.1 and 5.2). */
const NAMED: Readonly<Record<string, StaffSsoFault>> = {
  access_denied: 'denied',
  invalid_grant: 'stale',
  server_error: 'away',
  temporarily_unavailable: 'away',
  invalid_client: 'client',
  unauthorized_client: 'client',
  unsupported_response_type: 'client',
  unsupported_grant_type: 'client',
  invalid_scope: 'client',
};

export function staffSsoFaultOf(error: unknown): StaffSsoFault {
  if (error instanceof OutboundError) return 'away';
  if (error instanceof AuthorizationResponseError) return NAMED[error.error] ?? 'failed';
  if (error instanceof ResponseBodyError) return NAMED[error.error] ?? byStatus(error.status);
  // How a server may say that it does not know the secret.
  if (error instanceof WWWAuthenticateChallengeError) return error.status === 401 ? 'client' : 'failed';
  if (!(error instanceof ClientError)) return 'failed';
  const { cause } = error;
  return cause instanceof Response ? byStatus(cause.status) : staffSsoFaultOf(cause);
}

const byStatus = (status: number): StaffSsoFault => (status >= 500 ? 'away' : 'failed');
