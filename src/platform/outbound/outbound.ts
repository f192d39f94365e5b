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
  /** What it is for and for whom, such as `look-up <siteId>`: calls of one name wait for each other alone. */
  readonly bulkhead: string;
  /** How many of this name may be under way at once. */
  readonly maxInFlight?: number;
  /** For everything, from the wait in the bulkhead to the answer's last byte. */
  readonly timeoutMs: number;
  /** What comes after these is not read. */
  readonly maxAnswerBytes: number;
}

export interface OutboundAnswer {
  /** Any, 3xx too: redirects are not followed. */
  readonly status: number;
  /** As UTF-8, cut at `maxAnswerBytes`. */
  readonly answer: string;
  /** Whether there was more than that. */
  readonly isCut: boolean;
  /** Names in lower case; of several with one name all, with commas. */
  readonly headers: Record<string, string>;
  readonly durationMs: number;
}

/**
 * `url-refused`: not a URL that may be used; `address-refused`: its name leads to an address that may not be reached;
 * `dns`: no such name; `timeout`; `tls`: no valid certificate; `busy`: too many calls for the same wait already;
 * `connection`: all else.
 */
export type OutboundErrorCode =
  'url-refused' | 'address-refused' | 'dns' | 'timeout' | 'tls' | 'busy' | 'connection';

/** No answer came. The message is for the owner of the URL: it holds nothing of our network. */
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
const CONNECT_MS = 10_000;
/**
 * To one server at once. More than all that one process sends at a time by webhooks: endpoints of one publisher stand
 * at one server, and one that hangs must not hold every connection to it.
 */
const MAX_CONNECTIONS = 64;
/** Half of what one server gets: a second site with an endpoint at the same server is not shut out. */
const MAX_IN_FLIGHT = 32;
/** Somebody waits for the answer. */
const LOOKUP_MS = 3_000;
const MAX_URL_CHARS = 2_048;

/** How names become addresses; replaced in tests. */
export type Resolve = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const resolveBySystem: Resolve = (hostname, done) => lookup(hostname, { all: true, verbatim: true }, done);

/**
 * HTTP to addresses that other people chose. An address is checked after its name was looked up, and that very
 * address is connected to, so a name that changes in between gains nothing (DNS rebinding). Rules: contract, section 6,
 * and `addresses.ts`.
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

  /** For tests, which own no names. */
  static resolvingBy(settings: Pick<Settings, 'outboundAllow'>, resolve: Resolve): Outbound {
    const outbound = new Outbound(settings);
    outbound.resolve = resolve;
    return outbound;
  }

  /**
   * What can be said of a URL without a lookup, for the moment somebody enters it.
   *
   * @returns why it may not be used, as a sentence; null when it may be tried
   */
  checkUrl(text: string): string | null {
    if (text.length > MAX_URL_CHARS) return `The URL has more than ${MAX_URL_CHARS} characters.`;
    // Parsers drop them, so what is called would not be what is shown.
    if (/\p{Cc}/u.test(text)) return 'The URL must not hold line breaks or other control characters.';
    if (!URL.canParse(text)) return 'This is not a URL.';
    const url = new URL(text);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'The URL must begin with https.';
    if (url.username !== '' || url.password !== '') return 'The URL must not hold a user name or a password.';
    const host = hostOf(url);
    if (isIP(host) !== 0) {
      if (this.rules.mayReach(host, url.protocol)) return null;
      return this.rules.mayReach(host, 'https:')
        ? 'The URL must begin with https.'
        : 'The URL must lead to a public address.';
    }
    // Whether a name leads to an allowed address is known when it is looked up.
    if (url.protocol === 'http:' && !this.rules.allowsAny) return 'The URL must begin with https.';
    return null;
  }

  /**
   * What `checkUrl` says, and of a name to be called by plain http also whether it leads inside the allowed ranges:
   * whoever enters it hears so now, and not from failed calls.
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
      !addresses.some((address) => this.rules.taints(address))
      ? null
      : 'The URL must begin with https: its name does not lead to addresses in OUTBOUND_ALLOW alone.';
  }

  /** None also for a name that is not found in time. */
  private async addressesOf(host: string): Promise<string[]> {
    const late = new AbortController();
    const found = await Promise.race([
      this.lookUp(host).catch((): LookupAddress[] => []),
      sleep(LOOKUP_MS, [], { signal: late.signal }).catch((): LookupAddress[] => []),
    ]);
    late.abort();
    return found.map(({ address }) => address);
  }

  /**
   * Who asks for a name that is being looked up waits for that answer. The system has threads for two names at once,
   * and one that hangs, asked for by every delivery to it, would hold them all; nothing is kept beyond the answer.
   */
  private lookUp(host: string): Promise<LookupAddress[]> {
    let found = this.pendingLookups.get(host);
    if (!found) {
      found = new Promise<LookupAddress[]>((done, fail) => {
        this.resolve(host, (error, addresses) => (error ? fail(error) : done(addresses)));
      }).finally(() => this.pendingLookups.delete(host));
      this.pendingLookups.set(host, found);
    }
    return found;
  }

  /** @throws OutboundError when no answer came */
  async send(req: OutboundRequest): Promise<OutboundAnswer> {
    assertNoTransaction('An outbound call');
    const startedAt = performance.now();
    const sinceStart = (): number => Math.round(performance.now() - startedAt);
    const refusal = this.checkUrl(req.url);
    if (refusal !== null) throw new OutboundError('url-refused', refusal, 0);
    const url = new URL(req.url);
    // Taken back when the answer is there: `AbortSignal.timeout` would live on to its end, thousands of them.
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), req.timeoutMs);
    let leave: (() => void) | undefined;
    try {
      leave = await this.bulkheads.enter(req.bulkhead, req.maxInFlight ?? MAX_IN_FLIGHT, late.signal);
      const response = await request(url, {
        dispatcher: this.agents[url.protocol],
        method: req.method,
        headers: { 'user-agent': 'Postbag', ...req.headers },
        ...(req.body === undefined ? {} : { body: req.body }),
        signal: late.signal,
      });
      const read = await readUpTo(response.body, req.maxAnswerBytes);
      return {
        status: response.statusCode,
        ...read,
        headers: flatten(response.headers),
        durationMs: sinceStart(),
      };
    } catch (error) {
      throw toOutboundError(error, late.signal.aborted, req.timeoutMs, sinceStart());
    } finally {
      clearTimeout(timer);
      leave?.();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(Object.values(this.agents).map((agent) => agent.destroy()));
  }

  private agentFor(protocol: string): Agent {
    const connect = buildConnector({
      timeout: CONNECT_MS,
      // Called for names alone; addresses in URLs were checked with the URL, and once more below.
      lookup: (hostname, options, done) => {
        const found = (addresses: LookupAddress[]): void => {
          const reachable = addresses.filter(({ address }) => this.rules.mayReach(address, protocol));
          const isTainted = addresses.some(({ address }) => this.rules.taints(address));
          if (isTainted || reachable.length === 0) return done(new AddressRefused(), []);
          if (options.all) done(null, reachable);
          else done(null, reachable[0].address, reachable[0].family);
        };
        this.lookUp(hostname).then(found, (error: NodeJS.ErrnoException) => done(error, []));
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
): Promise<{ answer: string; isCut: boolean }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Leaving the loop early ends the connection.
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > maxBytes) break;
  }
  const read = Buffer.concat(chunks).subarray(0, maxBytes);
  return { answer: new TextDecoder().decode(read, { stream: true }), isCut: bytes > maxBytes };
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
  late: boolean,
  timeoutMs: number,
  durationMs: number,
): OutboundError {
  const of = (code: OutboundErrorCode, message: string): OutboundError =>
    new OutboundError(code, message, durationMs, { cause: error });
  const { code = '' } = error as NodeJS.ErrnoException;
  if (late) return of('timeout', `No answer within ${timeoutMs} ms.`);
  if (error instanceof BulkheadFull) return of('busy', 'Too many calls to it wait already.');
  if (error instanceof AddressRefused)
    return of('address-refused', 'The name leads to an address that is not public.');
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return of('timeout', 'No connection in time.');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return of('dns', 'The name was not found.');
  if (/^(CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_SSL|EPROTO)/.test(code)) {
    return of('tls', 'No connection with a valid certificate.');
  }
  return of('connection', `The connection failed${code ? ` (${code})` : ''}.`);
}
