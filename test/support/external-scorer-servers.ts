import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { Json } from './site-fixture.js';

/** How the scorers respond. */
export type ScorerBehaviour =
  | 'normal'
  | 'hangs'
  | 'returns-500'
  | 'returns-429'
  | 'returns-403'
  | 'returns-html'
  | 'returns-no-scores'
  | 'redirects'
  | 'resets'
  | 'resets-once';

/**
 * External scorers on the loopback interface: a publisher's own scorer, an OpenAI moderation endpoint and Akismet.
 */
export interface ExternalScorerServers {
  readonly url: string;
  /** The requests so far; the body of a form is its fields. */
  readonly requests: { path: string; body: Json; signatures: number }[];
  behaviour: ScorerBehaviour;
  /** Sent with status 200 instead of scores. */
  answer: unknown;
  /** The Retry-After value of 429 responses. */
  retryAfter: string;
  /** The secret that signs requests to the publisher's scorer. */
  secret: string;
  close(): Promise<void>;
}

const OPENAI_KEY = 'sk-test';
const AKISMET_KEY = 'aki-test';
/** Each scorer gives a high score to texts that contain a word of its own. */
const scoreFor = (text: string, word: string): number => (text.includes(word) ? 0.93 : 0.02);

export async function openExternalScorers(): Promise<ExternalScorerServers> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => reply(request, Buffer.concat(chunks).toString(), response));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  const json = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

  function signedHttpScorer(request: IncomingMessage, body: string, response: ServerResponse): void {
    try {
      new Webhook(scorers.secret).verify(body, request.headers as Record<string, string>);
    } catch {
      return json(response, 401, { error: 'not signed' });
    }
    const { comment } = JSON.parse(body).data;
    const at = (comment.body as string).indexOf('offbrand');
    const spans = at < 0 ? [] : [[at, at + 8]];
    json(response, 200, {
      scores: {
        'off-brand': { value: scoreFor(comment.body, 'offbrand'), spans },
        insult: scoreFor(comment.body, 'schlimmwort'),
      },
    });
  }

  function moderations(request: IncomingMessage, body: string, response: ServerResponse): void {
    if (request.headers.authorization !== `Bearer ${OPENAI_KEY}`)
      return json(response, 401, { error: { message: 'Incorrect API key provided.' } });
    const { input, model } = JSON.parse(body);
    const category_scores = { hate: scoreFor(input, 'hatefulword'), violence: scoreFor(input, 'warword') };
    const categories = Object.fromEntries(Object.entries(category_scores).map(([k, v]) => [k, v > 0.5]));
    json(response, 200, {
      id: 'modr-1',
      model,
      results: [{ flagged: categories['hate'], categories, category_scores }],
    });
  }

  function akismet(path: string, body: string, response: ServerResponse): void {
    const form = new URLSearchParams(body);
    const missing = ['api_key', 'blog', 'user_ip'].find((field) => !form.get(field));
    if (missing !== undefined || form.get('api_key') !== AKISMET_KEY)
      return void response
        .writeHead(200, { 'x-akismet-debug-help': `Bad or missing ${missing ?? 'api_key'}` })
        .end('invalid');
    if (path !== '/1.1/comment-check') return void response.end('Thanks for making the web a better place.');
    const text = form.get('comment_content') ?? '';
    if (text.includes('blatantspam')) response.setHeader('X-akismet-pro-tip', 'discard');
    response.writeHead(200, { 'content-type': 'text/plain' }).end(String(/spam/.test(text)));
  }

  function reply(request: IncomingMessage, body: string, response: ServerResponse): void {
    const path = request.url ?? '';
    const isForm = request.headers['content-type'] === 'application/x-www-form-urlencoded';
    const signature = (request.headers['webhook-signature'] ?? '') as string;
    scorers.requests.push({
      path,
      signatures: signature.split(' ').filter(Boolean).length,
      body: isForm ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(body),
    });
    switch (scorers.behaviour) {
      case 'hangs':
        return;
      case 'returns-500':
        return json(response, 500, {});
      case 'returns-429':
        return void response.writeHead(429, { 'retry-after': scorers.retryAfter }).end();
      case 'returns-403':
        return json(response, 403, {});
      case 'returns-html':
        return void response.end('<html>hello</html>');
      case 'returns-no-scores':
        return json(response, 200, { scores: {} });
      case 'redirects':
        return void response.writeHead(307, { location: '/elsewhere' }).end();
      case 'resets':
        return void request.socket.destroy();
      case 'resets-once':
        scorers.behaviour = 'normal';
        return void request.socket.destroy();
      case 'normal':
        if (scorers.answer !== undefined) return json(response, 200, scorers.answer);
        if (path === '/newsroom') return signedHttpScorer(request, body, response);
        if (path === '/v1/moderations') return moderations(request, body, response);
        return akismet(path, body, response);
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const scorers: ExternalScorerServers = {
    url: `http://127.0.0.1:${port}`,
    requests: [],
    behaviour: 'normal',
    answer: undefined,
    retryAfter: '',
    secret: '',
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return scorers;
}
