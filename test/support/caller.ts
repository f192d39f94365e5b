/* Calls over HTTP. Nothing of the product is imported, so that specs of its processes need not load it too. */

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; the text itself where it is none. */
  readonly body: T;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly token?: string;
  readonly headers?: Record<string, string>;
}

/** A server of this product that really listens. */
export interface Served {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly adminKey: string;
  /** One request over real HTTP; `call('GET', '/api/v1/sites', {token: adminKey})`. */
  call<T = Record<string, unknown>>(method: string, path: string, options?: CallOptions): Promise<Answer<T>>;
}

/** Calls against any server of this product, also one in another process. */
export function caller(url: string): Served['call'] {
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
      // Some routes answer plain text.
    }
    return { status: answer.status, headers: answer.headers, body: parsed as T };
  };
}
