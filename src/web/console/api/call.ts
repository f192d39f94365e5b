import type { ProblemBody } from '../api-types.js';
import { isUserActive } from './user-activity.js';

/** The server answered, and the answer was no. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly body: ProblemBody,
  ) {
    super(body.detail ?? body.title ?? `The server answered ${status}.`);
    this.name = 'ProblemError';
  }
}

/** No answer came at all: the network or the server is away. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached.', { cause });
    this.name = 'UnreachableError';
  }
}

interface Options {
  signal?: AbortSignal;
  keepalive?: boolean;
  /** A 401 is an answer here, not the end of a session. */
  quiet401?: boolean;
  /** The same key and body answers the first result, so that a write can be tried again. */
  idempotencyKey?: string;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const endedListeners = new Set<() => void>();

/** Calls back whenever the server says that the session is over. Returns how to stop. */
export function onSessionEnded(listener: () => void): () => void {
  endedListeners.add(listener);
  return () => endedListeners.delete(listener);
}

let askToConfirm: (() => Promise<boolean>) | null = null;

/** Asks for the password whenever the server wants it once more; what was refused is then sent again. */
export function onConfirmRequired(ask: () => Promise<boolean>): () => void {
  askToConfirm = ask;
  return () => {
    if (askToConfirm === ask) askToConfirm = null;
  };
}

// A write that hangs longer than this is shown as not saved; the decision stays answerable by its 409.
const TIMEOUT_MS = 20_000;

// A session that is confirmed goes on under a new cookie. What was on its way with the one before is asked for once more.
const RENEWED_MS = 250;

/**
 * One call to our own server with the session's cookie.
 *
 * @throws ProblemError for any answer that is not 2xx, UnreachableError when there was none
 */
export async function call<T>(
  method: Method,
  path: string,
  body?: unknown,
  options: Options = {},
): Promise<T> {
  let response = await send(method, path, body, options);
  if (response.status === 401 && !options.quiet401) {
    await new Promise((done) => setTimeout(done, RENEWED_MS));
    response = await send(method, path, body, options);
  }
  if (response.ok) {
    if (response.status === 204) return undefined as T;
    return (await response.json()) as T;
  }
  const problem = (await response.json().catch(() => ({}))) as Partial<ProblemBody>;
  if (response.status === 401 && !options.quiet401) endedListeners.forEach((listener) => listener());
  if (problem.code === 'confirm-required' && askToConfirm && (await askToConfirm()))
    return call<T>(method, path, body, options);
  throw new ProblemError(response.status, problem.code ?? 'unknown', { ...problem, status: response.status });
}

async function send(method: Method, path: string, body: unknown, options: Options): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  // The server refuses writes without it; another site's form cannot set it.
  if (method !== 'GET') headers['x-postbag-console'] = '1';
  if (!isUserActive()) headers['x-postbag-inactive'] = '1';
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      keepalive: options.keepalive ?? false,
      signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new UnreachableError(error);
  }
}

export const id = encodeURIComponent;

export function query(params: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) if (value != null) search.set(key, String(value));
  return search.toString();
}

/** A reading; `signal` ends it when nobody wants it any more. */
export const get = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  call<T>('GET', path, undefined, signal ? { signal } : {});
