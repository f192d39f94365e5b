import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import Provider from 'oidc-provider';
import { freePort } from './processes.js';

/** The person who is signing in at the provider. */
export interface SsoPerson {
  sub: string;
  email?: string;
  email_verified?: boolean;
  amr?: string[];
}

/** Overrides the token endpoint's response: a status and a body, or a closed connection. */
export type TokenAnswer = { status: number; body: string | Record<string, unknown> } | 'hang up';

export interface SsoServer {
  readonly issuer: string;
  readonly clientSecret: string;
  /** The person who signs in next; null if they cancel. */
  person: SsoPerson | null;
  /** Overrides the next responses of the token endpoint; null for the normal response. */
  tokenAnswer: TokenAnswer | null;
  /** Stops accepting connections until `resumeAnswering` is called. */
  stopAnswering(): Promise<void>;
  resumeAnswering(): Promise<void>;
  close(): Promise<void>;
}

export const CLIENT_ID = 'postbag';

/**
 * Starts a publisher's OpenID Connect server on the loopback interface. It signs in `person` without credentials.
 */
export async function startSsoServer(redirectUri: string): Promise<SsoServer> {
  const server: Server = createServer();
  const listen = (onPort: number) => new Promise<void>((done) => server.listen(onPort, '127.0.0.1', done));
  const stopAnswering = () =>
    new Promise<void>((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  // The system does not assign this port to others while the server is not listening.
  const port = await freePort();
  await listen(port);
  const issuer = `http://127.0.0.1:${port}`;
  const clientSecret = randomBytes(24).toString('base64url');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const people = new Map<string, SsoPerson>();
  const ssoServer: SsoServer = {
    issuer,
    clientSecret,
    person: { sub: 'nobody' },
    tokenAnswer: null,
    stopAnswering,
    resumeAnswering: () => listen(port),
    close: stopAnswering,
  };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' }] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => people.get(id) ?? { sub: id } }),
    loadExistingGrant: async (context: {
      oidc: { client: { clientId: string }; session: { accountId: string } };
    }) => {
      const { client, session } = context.oidc;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    const { tokenAnswer } = ssoServer;
    if (tokenAnswer && request.url === '/token') {
      if (tokenAnswer === 'hang up') return void request.destroy();
      const isJson = typeof tokenAnswer.body !== 'string';
      response.writeHead(tokenAnswer.status, { 'content-type': isJson ? 'application/json' : 'text/html' });
      return void response.end(isJson ? JSON.stringify(tokenAnswer.body) : tokenAnswer.body);
    }
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    if (ssoServer.person === null) {
      const denied = { error: 'access_denied', error_description: 'left' };
      return void provider.interactionFinished(request, response, denied);
    }
    people.set(ssoServer.person.sub, ssoServer.person);
    const { sub, amr } = ssoServer.person;
    const login = { accountId: sub, ...(amr && { amr }) };
    void provider.interactionFinished(request, response, { login });
  });
  return ssoServer;
}
