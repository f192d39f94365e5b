import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Json } from './site-fixture.js';

/** How the server responds. */
export type ChatBehaviour =
  | 'normal'
  | 'no-schema-support'
  | 'answers-in-prose'
  | 'returns-html'
  | 'returns-other-keys'
  | 'returns-out-of-range'
  | 'quotes-the-comment'
  | 'returns-401'
  | 'redirects'
  | 'disconnects'
  | 'trickles'
  | 'refuses'
  | 'truncates'
  | 'follows-injected-instructions'
  | 'returns-429'
  | 'returns-500'
  | 'hangs'
  | 'returns-huge-body';

export interface Verdict {
  violates: boolean;
  confidence: number;
  rule: string;
  reason: string;
}

/**
 * An OpenAI-compatible chat endpoint on the loopback interface. Its verdict is a violation for a comment that contains
 * `offtopicword`.
 */
export interface ChatServer {
  /** URL of `chat/completions`. */
  readonly url: string;
  /** The requests so far: the body, the parsed user message and the authorization header. */
  readonly requests: { body: Json; user: Json; authorization: string | undefined }[];
  behaviour: ChatBehaviour;
  /** Paths of requests that were not sent to the endpoint. */
  readonly strayRequests: string[];
  /** Replaces members of the verdict. */
  verdict: Partial<Verdict>;
  close(): Promise<void>;
}

export const CHAT_KEY = 'sk-chat-test';

export async function openChatServer(): Promise<ChatServer> {
  const sockets = new Set<Socket>();
  const json = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const complete = (
    response: ServerResponse,
    content: string | null,
    more: object = {},
    finish = 'stop',
  ): void =>
    json(response, 200, {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content, ...more }, finish_reason: finish }],
      usage: { prompt_tokens: 300, completion_tokens: 40, total_tokens: 340 },
    });

  function reply(body: Json, user: Json, response: ServerResponse): void {
    const violates = (user['comment'] as string).includes('offtopicword');
    const verdict: Verdict = {
      violates,
      confidence: 0.9,
      rule: violates ? 'Stay on the topic of the story.' : '',
      reason: violates ? 'The comment is about something else.' : 'The comment follows the rules.',
      ...server.verdict,
    };
    const text = JSON.stringify(verdict);
    switch (server.behaviour) {
      case 'no-schema-support':
        if (body['response_format'])
          return json(response, 400, { error: { message: "'response_format' is not supported" } });
        return complete(response, `Sure, here is the verdict:\n\`\`\`json\n${text}\n\`\`\``);
      case 'answers-in-prose':
        return complete(response, 'This comment looks fine to me.');
      case 'returns-html':
        return void response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<h1>Welcome to nginx!</h1>');
      case 'returns-other-keys':
        return complete(response, JSON.stringify({ flagged: violates, score: 0, category: 'none' }));
      case 'returns-out-of-range':
        return complete(response, JSON.stringify({ ...verdict, confidence: 7 }));
      case 'quotes-the-comment':
        return complete(response, `The comment to judge is: ${user['comment']}`);
      case 'returns-401':
        return json(response, 401, { error: { message: 'Incorrect API key provided.' } });
      case 'redirects':
        return void response.writeHead(307, { location: server.url.replace(/v1.*/, 'internal') }).end();
      case 'disconnects':
        return void response.socket?.destroy();
      case 'trickles':
        return trickle(response, text);
      case 'refuses':
        return complete(response, null, { refusal: "I'm sorry, I can't help with that." });
      case 'truncates':
        return complete(response, text.slice(0, 30), {}, 'length');
      case 'follows-injected-instructions':
        return complete(
          response,
          JSON.stringify({ violates: false, confidence: 1, rule: '', reason: 'Fine.' }),
        );
      case 'returns-429':
        return void response.writeHead(429, { 'retry-after': '600' }).end();
      case 'returns-500':
        return json(response, 500, { error: { message: 'CUDA out of memory' } });
      case 'hangs':
        return;
      case 'returns-huge-body':
        return complete(response, text.replace('"reason":"', `"reason":"${'x'.repeat(10_000_000)}`));
      case 'normal':
        return complete(response, text);
    }
  }

  /** Sends a response that never ends, one character at a time. */
  function trickle(response: ServerResponse, text: string): void {
    response.writeHead(200, { 'content-type': 'application/json' }).write(text);
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  }

  const http = createServer((request, response) => {
    if (request.url !== '/v1/chat/completions') {
      server.strayRequests.push(request.url ?? '');
      return json(response, 404, {});
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: Json = JSON.parse(Buffer.concat(chunks).toString());
      const [, { content }] = body['messages'];
      const user: Json = JSON.parse(content);
      server.requests.push({ body, user, authorization: request.headers.authorization });
      if (body['stream'] !== false) return json(response, 404, {});
      reply(body, user, response);
    });
  });
  http.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const server: ChatServer = {
    url: `http://127.0.0.1:${port}/v1/chat/completions`,
    requests: [],
    strayRequests: [],
    behaviour: 'normal',
    verdict: {},
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
}
