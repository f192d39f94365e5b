import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Json } from './site-fixture.js';

/** A server on the loopback interface that imitates the Perspective API. */
export interface PerspectiveServer {
  /** URL of `comments:analyze`. */
  readonly url: string;
  /** Bodies of the requests so far. */
  readonly requests: Json[];
  behaviour: 'normal' | 'returns-500' | 'hangs';
  /** Sent with status 200 instead of scores. */
  answer: unknown;
  close(): Promise<void>;
}

export const PERSPECTIVE_KEY = 'AIzaSy-test';

/**
 * A text that contains `~0.83` gets that score for every attribute. Other texts get 0.05. A text in Finnish gets no
 * score.
 */
export async function openPerspective(): Promise<PerspectiveServer> {
  const sockets = new Set<Socket>();
  const json = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const refuse = (response: ServerResponse, message: string): void =>
    json(response, 400, { error: { code: 400, message, status: 'INVALID_ARGUMENT' } });

  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://localhost');
      const body: Json = JSON.parse(Buffer.concat(chunks).toString());
      server.requests.push(body);
      if (server.behaviour === 'hangs') return;
      if (server.behaviour === 'returns-500') return json(response, 500, {});
      if (server.answer !== undefined) return json(response, 200, server.answer);
      if (url.pathname !== '/v1alpha1/comments:analyze') return json(response, 404, {});
      if (url.searchParams.get('key') !== PERSPECTIVE_KEY) return refuse(response, 'API key not valid.');
      const { comment, requestedAttributes } = body;
      const names = Object.keys(requestedAttributes);
      const isSupported = !comment.text.includes('Suomi');
      const languages = isSupported ? (body.languages ?? ['en']) : ['fi'];
      const value = Number(/~(\d\.\d+)/.exec(comment.text)?.[1] ?? 0.05);
      const summaryScore = { value, type: 'PROBABILITY' };
      json(response, 200, {
        attributeScores: Object.fromEntries(
          isSupported ? names.map((name) => [name, { summaryScore, spanScores: [] }]) : [],
        ),
        languages,
        detectedLanguages: languages,
      });
    });
  });
  http.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const server: PerspectiveServer = {
    url: `http://127.0.0.1:${port}/v1alpha1/comments:analyze`,
    requests: [],
    behaviour: 'normal',
    answer: undefined,
    close: async () => {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return server;
}
