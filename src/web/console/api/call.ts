import type { ProblemBody } from '../api-types.js';
import { isUserActive } from './user-activity.js';

/** The server responded with an error. */
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

/** No response arrived: the network or the server is down. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached.', { cause });
    this.name = 'UnreachableError';
  }
}

interface Options {
  signal?: AbortSignal;
  keepalive?: boolean;
  /** Treats a 401 as a normal error instead of the end of the session. */
  quiet401?: boolean;
  /** A repeated request with the same key and body gets the first result, so a write can be retried safely. */
  idempotencyKey?: string;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const sessionEndedListeners = new Set<() => void>();

/**
 * Calls the listener whenever the server reports that the session has ended. Returns a function that unsubscribes.
 */
export function onSessionEnded(listener: () => void): () => void {
  sessionEndedListeners.add(listener);
  return () => sessionEndedListeners.delete(listener);
}

let askToConfirm: (() => Promise<boolean>) | null = null;

/**
 * Registers a function that asks the user to confirm their identity, for requests that the server otherwise refuses.
 * If it resolves to true, the refused request is sent again. Returns a function that unregisters it.
 */
export function onConfirmRequired(confirm: () => Promise<boolean>): () => void {
  askToConfirm = confirm;
  return () => {
    if (askToConfirm === confirm) askToConfirm = null;
  };
}

// A write that takes longer than this is shown as not saved. If it did succeed, a retry gets a 409.
const TIMEOUT_MS = 20_000;

// Confirming a session replaces its cookie. Requests still in flight under the old cookie are sent again.
const RENEWED_MS = 250;

/**
 * Sends a request to the Postbag server with the session cookie.
 *
 * @throws ProblemError for any response that is not 2xx, UnreachableError if there was no response
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
  if (response.status === 401 && !options.quiet401) sessionEndedListeners.forEach((listener) => listener());
  if (problem.code === 'confirm-required' && askToConfirm && (await askToConfirm()))
    return call<T>(method, path, body, options);
  throw new ProblemError(response.status, problem.code ?? 'unknown', { ...problem, status: response.status });
}

async function send(method: Method, path: string, body: unknown, options: Options): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  // The server refuses writes without this header. A form on another site cannot set it.
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

/** A GET request; `signal` aborts it. */
export const get = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  call<T>('GET', path, undefined, signal ? { signal } : {});
