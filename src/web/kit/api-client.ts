import type { Problem } from './api-types.js';

/** The source of the reader's token. `renew` is called once when the server refuses the current token. */
export interface TokenSource {
  current(): Promise<string | null>;
  renew(): Promise<string | null>;
}

/** The server responded with an error. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    /** Seconds to wait, from `Retry-After`. */
    readonly retryAfter: number | null,
  ) {
    super(problem.detail ?? problem.title);
  }
}

/** No response arrived: offline, a broken connection, or a timeout. A write may or may not have been applied. */
export class UnreachableError extends Error {}

export interface RequestOptions {
  body?: unknown;
  /** Unquoted. Repeated writes with the same key and body are performed once. */
  idempotencyKey?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

const timeoutMs = 20_000;

async function toProblem(response: Response): Promise<ProblemError> {
  let problem: Problem = { type: 'about:blank', title: response.statusText, status: response.status };
  try {
    problem = { ...problem, ...((await response.json()) as Problem), status: response.status };
  } catch {
    // A proxy responded with its own page, so only the status is known.
  }
  const retryAfterSeconds = Number(response.headers.get('retry-after') ?? NaN);
  return new ProblemError(problem, Number.isFinite(retryAfterSeconds) ? retryAfterSeconds : null);
}

/**
 * A JSON client over HTTP. Turns problem+json responses into {@link ProblemError}, and missing responses into {@link
 * UnreachableError}.
 */
export class ApiClient {
  constructor(
    /** Origin and path prefix of the server, without a trailing slash. */
    readonly base: string,
    private readonly tokens?: TokenSource,
    /** The console authenticates by cookie; the widget never sends one. */
    private readonly init: RequestInit = { credentials: 'omit' },
  ) {}

  get<T>(path: string, options?: RequestOptions): Promise<T> {
    return this.request<T>('GET', path, options);
  }

  /**
   * @param path starts with a slash after the base; includes the query
   * @returns the parsed body; `undefined` for 204
   * @throws ProblemError, UnreachableError, or the signal's abort reason
   */
  async request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.open(method, path, options);
    try {
      return (response.status === 204 ? undefined : await response.json()) as T;
    } catch (error) {
      throw this.#toError(error, options.signal);
    }
  }

  /** Like {@link request}, for callers that read the body themselves (for event streams pass `timeoutMs` 0). */
  async open(
    method: string,
    path: string,
    options: RequestOptions & { timeoutMs?: number } = {},
  ): Promise<Response> {
    const token = (await this.tokens?.current()) ?? null;
    let response = await this.#send(method, path, options, token);
    if (response.status === 401 && token) {
      const renewed = (await this.tokens?.renew()) ?? null;
      if (renewed) response = await this.#send(method, path, options, renewed);
    }
    if (!response.ok) throw await toProblem(response);
    return response;
  }

  async #send(
    method: string,
    path: string,
    options: RequestOptions & { timeoutMs?: number },
    token: string | null,
  ): Promise<Response> {
    const headers: Record<string, string> = { ...options.headers };
    if (token) headers['authorization'] = `Bearer ${token}`;
    if (options.idempotencyKey) headers['idempotency-key'] = `"${options.idempotencyKey}"`;
    const init: RequestInit = { ...this.init, method, headers };
    if (options.body !== undefined) {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(options.body);
    }
    const controller = new AbortController();
    const abort = () => controller.abort();
    const timer = options.timeoutMs === 0 ? 0 : setTimeout(abort, options.timeoutMs ?? timeoutMs);
    options.signal?.addEventListener('abort', abort);
    init.signal = controller.signal;
    try {
      return await fetch(this.base + path, init);
    } catch (error) {
      throw this.#toError(error, options.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  /** A failure after the caller aborted is passed on. Any other means that no complete response arrived. */
  #toError(error: unknown, signal: AbortSignal | undefined): unknown {
    return signal?.aborted ? error : new UnreachableError('No response', { cause: error });
  }
}
