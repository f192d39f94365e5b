import { Inject, Injectable } from '@nestjs/common';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretPost,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
  type CustomFetch,
} from 'openid-client';
import { Clock } from '../../platform/clock.js';
import { SETTINGS, type OidcSettings, type Settings } from '../../platform/config/settings.js';
import { Outbound } from '../../platform/outbound/outbound.js';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 200_000;
const CACHE_TTL_MS = 60 * 60_000;

/** The state stored in the browser during the redirect to the single sign-on server. */
export interface OidcFlow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Lower case; null if the server has not verified an address. */
  readonly email: string | null;
  /** Whether the server verified more than one factor (RFC 8176, `mfa`). */
  readonly isProven: boolean;
}

/**
 * Client of the single sign-on server (OpenID Connect): authorization code flow with PKCE, state and nonce. All calls
 * go through `Outbound`, which checks addresses.
 */
@Injectable()
export class StaffSso {
  private readonly settings: OidcSettings | null;
  private readonly redirectUri: string;
  private cachedConfiguration: { until: number; configuration: Promise<Configuration> } | undefined;

  constructor(
    private readonly outbound: Outbound,
    private readonly clock: Clock,
    @Inject(SETTINGS) { oidc, publicUrl }: Pick<Settings, 'oidc' | 'publicUrl'>,
  ) {
    this.settings = oidc;
    this.redirectUri = `${publicUrl}/api/v1/console/oidc/callback`;
  }

  /** The name on the sign-in button; null if single sign-on is not configured. */
  get name(): string | null {
    return this.settings?.name ?? null;
  }

  /** @throws if the server does not respond or is not the configured issuer */
  async begin(): Promise<{ url: string; flow: OidcFlow }> {
    const configuration = await this.configuration();
    const flow = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri,
      scope: 'openid email',
      state: flow.state,
      nonce: flow.nonce,
      code_challenge: await calculatePKCECodeChallenge(flow.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, flow };
  }

  /**
   * @param search query string of the URL that the server redirected the browser to
   * @throws for any invalid response: a different state or nonce, a used code, a bad signature
   */
  async finish(search: string, { state, nonce, verifier }: OidcFlow): Promise<Identity> {
    const configuration = await this.configuration();
    const tokens = await authorizationCodeGrant(configuration, new URL(this.redirectUri + search), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims()!;
    const profile =
      claims['email'] === undefined
        ? await fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : claims;
    const methods: unknown = claims['amr'];
    return {
      issuer: claims.iss,
      subject: claims.sub,
      email:
        typeof profile['email'] === 'string' && profile['email_verified'] === true
          ? profile['email'].trim().toLowerCase()
          : null,
      isProven: Array.isArray(methods) && methods.includes('mfa'),
    };
  }

  private configuration(): Promise<Configuration> {
    if (!this.settings) throw new Error('no OIDC issuer is configured');
    const now = this.clock.nowMs();
    if (this.cachedConfiguration && this.cachedConfiguration.until > now)
      return this.cachedConfiguration.configuration;
    const { issuer, clientId, clientSecret } = this.settings;
    const configuration = discovery(
      new URL(issuer),
      clientId,
      { client_secret: clientSecret },
      ClientSecretPost(clientSecret),
      {
        [customFetch]: this.fetch,
        // `Outbound` refuses plain http on each call unless OUTBOUND_ALLOW permits it.
        execute: [enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [allowInsecureRequests] : [])],
      },
    );
    const entry = { until: now + CACHE_TTL_MS, configuration };
    this.cachedConfiguration = entry;
    configuration.catch(() => {
      // Forget the failure, so that the next call tries again.
      if (this.cachedConfiguration === entry) this.cachedConfiguration = undefined;
    });
    return configuration;
  }

  private readonly fetch: CustomFetch = async (url, { method, headers, body }) => {
    const response = await this.outbound.send({
      method: method === 'POST' ? 'POST' : 'GET',
      url,
      headers: Object.fromEntries(new Headers(headers)),
      ...(body == null ? {} : { body: String(body as URLSearchParams | string) }),
      bulkhead: 'staff-sso',
      timeoutMs: TIMEOUT_MS,
      maxAnswerBytes: MAX_ANSWER_BYTES,
    });
    const {
      'content-encoding': _,
      'transfer-encoding': __,
      'content-length': ___,
      ...responseHeaders
    } = response.headers;
    const hasNoBody = [101, 204, 205, 304].includes(response.status);
    return new Response(hasNoBody ? null : response.answer, {
      status: response.status,
      headers: responseHeaders,
    });
  };
}
