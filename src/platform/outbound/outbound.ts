import { lookup, type LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, buildConnector, request, type Dispatcher } from 'undici';
import { SETTINGS, type Settings } from '../config/settings.js';
import { assertNoTransaction } from '../database/transaction-context.js';
import { AddressRules } from './addresses.js';
import { BulkheadFull, Bulkheads } from './bulkheads.js';

export interface OutboundRequest {
  readonly method: 'POST' | 'GET';
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  /**
   * The name of the bulkhead: the purpose of the call and its owner, such as `look-up <siteId>`. Only calls with the
   * same name wait for each other.
   */
  readonly bulkhead: string;
  /** How many calls with this name may run at once. */
  readonly maxInFlight?: number;
  /** Limit for the whole call, from the wait in the bulkhead to the last byte of the response. */
  readonly timeoutMs: number;
  /** Bytes beyond this limit are not read. */
  readonly maxAnswerBytes: number;
}

export interface OutboundAnswer {
  /** Any status, including 3xx: redirects are not followed. */
  readonly status: number;
  /** Decoded as UTF-8, cut at `maxAnswerBytes`. */
  readonly answer: string;
  /** Whether the response was longer than `maxAnswerBytes`. */
  readonly isTruncated: boolean;
  /** Names in lower case; repeated headers are joined with commas. */
  readonly headers: Record<string, string>;
  readonly durationMs: number;
}

/**
 * `url-refused`: the URL is not allowed; `address-refused`: its name resolves to an address that may not be reached;
 * `dns`: the name does not exist; `timeout`; `tls`: no valid certificate; `busy`: too many calls with the same name
 * are already waiting; `connection`: anything else.
 */
export type OutboundErrorCode =
  'url-refused' | 'address-refused' | 'dns' | 'timeout' | 'tls' | 'busy' | 'connection';

/** The call got no response. The message is for the owner of the URL and reveals nothing about the internal network. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';

  constructor(
    readonly code: OutboundErrorCode,
    message: string,
    readonly durationMs: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

class AddressRefused extends Error {}

const MAX_HEADER_BYTES = 16 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;
/**
 * Maximum connections to one server. This is more than the number of webhook deliveries that one process sends at
 * once: endpoints of one publisher may share a server, and one that hangs must not occupy every connection to it.
 */
const MAX_CONNECTIONS = 64;
/**
 * Half the connections to one server, so that one site cannot block another site with an endpoint on the same server.
 */
const MAX_IN_FLIGHT = 32;
/** Time limit for the lookup of a name that somebody enters; short, because that person waits for the result. */
const LOOKUP_TIMEOUT_MS = 3_000;
const MAX_URL_CHARS = 2_048;

/** Resolves host names to addresses; replaced in tests. */
export type Resolve = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const resolveBySystem: Resolve = (hostname, done) => lookup(hostname, { all: true, verbatim: true }, done);

/**
 * HTTP client for URLs chosen by third parties. The address is checked after the name has been resolved, and the
 * connection is made to exactly that address, so that a change of the name in between has no effect (DNS rebinding).
 * `addresses.ts` has the rules for addresses.
 */
@Injectable()
export class Outbound implements OnApplicationShutdown {
  private readonly bulkheads = new Bulkheads();
  private readonly rules: AddressRules;
  private readonly agents: Record<string, Agent>;
  private resolve: Resolve = resolveBySystem;
  private readonly pendingLookups = new Map<string, Promise<LookupAddress[]>>();

  constructor(@Inject(SETTINGS) settings: Pick<Settings, 'outboundAllow'>) {
    this.rules = new AddressRules(settings.outboundAllow);
    this.agents = { 'https:': this.agentFor('https:'), 'http:': this.agentFor('http:') };
  }

  /** For tests, which cannot register real host names. */
  static resolvingBy(settings: Pick<Settings, 'outboundAllow'>, resolve: Resolve): Outbound {
    const outbound = new Outbound(settings);
    outbound.resolve = resolve;
    return outbound;
  }

  /**
   * Checks a URL without a lookup, for use when someone enters it.
   *
   * @returns why it may not be used, as a sentence; null if it may be tried
   */
  checkUrl(text: string): string | null {
    if (text.length > MAX_URL_CHARS) return `The URL has more than ${MAX_URL_CHARS} characters.`;
    // Parsers remove these characters, so the URL that is called would differ from the one that people see.
    if (/\p{Cc}/u.test(text)) return 'The URL must not contain line breaks or other control characters.';
    if (!URL.canParse(text)) return 'This is not a URL.';
    const url = new URL(text);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'The URL must begin with https.';
    if (url.username !== '' || url.password !== '')
      return 'The URL must not contain a user name or a password.';
    const host = hostOf(url);
    if (isIP(host) !== 0) {
      if (this.rules.mayReach(host, url.protocol)) return null;
      return this.rules.mayReach(host, 'https:')
        ? 'The URL must begin with https.'
        : 'The URL must lead to a public address.';
    }
    // Whether a name resolves to an allowed address is known only after the lookup.
    if (url.protocol === 'http:' && !this.rules.allowsAny) return 'The URL must begin with https.';
    return null;
  }

  /**
   * Like `checkUrl`, but also checks that a name in an http URL resolves to allowed ranges, so that the person who
   * enters the URL gets the error immediately instead of failing calls later.
   */
  async refusalOf(text: string): Promise<string | null> {
    const refusal = this.checkUrl(text);
    if (refusal !== null) return refusal;
    const url = new URL(text);
    const host = hostOf(url);
    if (url.protocol !== 'http:' || isIP(host) !== 0) return null;
    assertNoTransaction('An outbound call');
    const addresses = await this.addressesOf(host);
    return addresses.some((address) => this.rules.mayReach(address, 'http:')) &&
      !addresses.some((address) => this.rules.blocksName(address))
      ? null
      : 'The URL must begin with https, because its host name does not lead only to addresses in OUTBOUND_ALLOW.';
  }

  /** @returns an empty list if the name does not exist or is not resolved in time */
  private async addressesOf(host: string): Promise<string[]> {
    const timeout = new AbortController();
    const addresses = await Promise.race([
      this.lookUp(host).catch((): LookupAddress[] => []),
      sleep(LOOKUP_TIMEOUT_MS, [], { signal: timeout.signal }).catch((): LookupAddress[] => []),
    ]);
    timeout.abort();
    return addresses.map(({ address }) => address);
  }

  /**
   * Concurrent lookups of a name share one result. The system resolves only two names at once, and deliveries to a
   * name that hangs would otherwise occupy both threads. The result is not cached.
   */
  private lookUp(host: string): Promise<LookupAddress[]> {
    let pending = this.pendingLookups.get(host);
    if (!pending) {
      pending = new Promise<LookupAddress[]>((done, fail) => {
        this.resolve(host, (error, addresses) => (error ? fail(error) : done(addresses)));
      }).finally(() => this.pendingLookups.delete(host));
      this.pendingLookups.set(host, pending);
    }
    return pending;
  }

  /** @throws OutboundError if there is no response */
  async send(req: OutboundRequest): Promise<OutboundAnswer> {
    assertNoTransaction('An outbound call');
    const startedAt = performance.now();
    const sinceStart = (): number => Math.round(performance.now() - startedAt);
    const refusal = this.checkUrl(req.url);
    if (refusal !== null) throw new OutboundError('url-refused', refusal, 0);
    const url = new URL(req.url);
    // A timer that is cleared when the response has arrived. `AbortSignal.timeout` would exist until it expires, and
    // there could be thousands of them.
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), req.timeoutMs);
    let releaseSlot: (() => void) | undefined;
    try {
      releaseSlot = await this.bulkheads.acquire(
        req.bulkhead,
        req.maxInFlight ?? MAX_IN_FLIGHT,
        timeout.signal,
      );
      const response = await request(url, {
        dispatcher: this.agents[url.protocol],
        method: req.method,
        headers: { 'user-agent': 'Postbag', ...req.headers },
        ...(req.body === undefined ? {} : { body: req.body }),
        signal: timeout.signal,
      });
      const content = await readUpTo(response.body, req.maxAnswerBytes);
      return {
        status: response.statusCode,
        ...content,
        headers: flatten(response.headers),
        durationMs: sinceStart(),
      };
    } catch (error) {
      throw toOutboundError(error, timeout.signal.aborted, req.timeoutMs, sinceStart());
    } finally {
      clearTimeout(timer);
      releaseSlot?.();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(Object.values(this.agents).map((agent) => agent.destroy()));
  }

  private agentFor(protocol: string): Agent {
    const connect = buildConnector({
      timeout: CONNECT_TIMEOUT_MS,
      // Called only for names. Addresses in URLs have been checked with the URL and are checked again below.
      lookup: (hostname, options, done) => {
        const onResolved = (addresses: LookupAddress[]): void => {
          const reachable = addresses.filter(({ address }) => this.rules.mayReach(address, protocol));
          const isBlocked = addresses.some(({ address }) => this.rules.blocksName(address));
          if (isBlocked || reachable.length === 0) return done(new AddressRefused(), []);
          if (options.all) done(null, reachable);
          else done(null, reachable[0].address, reachable[0].family);
        };
        this.lookUp(hostname).then(onResolved, (error: NodeJS.ErrnoException) => done(error, []));
      },
    });
    return new Agent({
      maxHeaderSize: MAX_HEADER_BYTES,
      connections: MAX_CONNECTIONS,
      connect: (options, done) =>
        connect(options, (...[error, socket]) => {
          if (error) return done(error, null);
          if (!this.rules.mayReach(socket.remoteAddress ?? '', protocol)) {
            socket.destroy();
            return done(new AddressRefused(), null);
          }
          done(null, socket);
        }),
    });
  }
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

async function readUpTo(
  body: Dispatcher.ResponseData['body'],
  maxBytes: number,
): Promise<{ answer: string; isTruncated: boolean }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Leaving the loop early closes the connection.
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > maxBytes) break;
  }
  const bytesRead = Buffer.concat(chunks).subarray(0, maxBytes);
  return { answer: new TextDecoder().decode(bytesRead, { stream: true }), isTruncated: bytes > maxBytes };
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return Object.fromEntries(flat) as Record<string, string>;
}

function toOutboundError(
  error: unknown,
  hasTimedOut: boolean,
  timeoutMs: number,
  durationMs: number,
): OutboundError {
  const errorOf = (code: OutboundErrorCode, message: string): OutboundError =>
    new OutboundError(code, message, durationMs, { cause: error });
  const { code = '' } = error as NodeJS.ErrnoException;
  if (hasTimedOut) return errorOf('timeout', `No answer within ${timeoutMs} ms.`);
  if (error instanceof BulkheadFull)
    return errorOf('busy', 'Too many calls to this server are already waiting.');
  if (error instanceof AddressRefused)
    return errorOf('address-refused', 'The host name leads to an address that is not public.');
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return errorOf('timeout', 'The connection timed out.');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return errorOf('dns', 'The host name was not found.');
  if (/^(CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_SSL|EPROTO)/.test(code)) {
    return errorOf('tls', 'A connection with a valid certificate could not be established.');
  }
  return errorOf('connection', `The connection failed${code ? ` (${code})` : ''}.`);
}
