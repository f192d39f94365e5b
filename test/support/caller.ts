/* An HTTP client for the API. It imports nothing from src/, so that specs of server processes do not load it. */

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or the text itself if it is not JSON. */
  readonly body: T;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly token?: string;
  readonly headers?: Record<string, string>;
}

/** A Postbag server that listens on a real port. */
export interface RunningServer {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly adminKey: string;
  /** Sends one request over real HTTP, such as `call('GET', '/api/v1/sites', {token: adminKey})`. */
  call<T = Record<string, unknown>>(method: string, path: string, options?: CallOptions): Promise<Answer<T>>;
}

/** Returns a function that calls a Postbag server, in this process or another one. */
export function caller(url: string): RunningServer['call'] {
  return async <T>(method: string, path: string, { body, token, headers = {} }: CallOptions = {}) => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    let parsed: unknown = text;
    try {
      parsed = text === '' ? null : JSON.parse(text);
    } catch {
      // Some routes respond with plain text.
    }
    return { status: answer.status, headers: answer.headers, body: parsed as T };
  };
}
