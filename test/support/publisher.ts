import { createServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A publisher's page: its markup and its response headers. */
export interface PublishedPage {
  readonly html: string;
  readonly headers?: OutgoingHttpHeaders;
}

/** A publisher's web server, with an origin of its own. */
export interface Publisher {
  readonly url: string;
  /** Adds or replaces the page at `path`. */
  publish(path: string, page: PublishedPage): void;
  close(): Promise<void>;
}

export async function startPublisherServer(): Promise<Publisher> {
  const pages = new Map<string, PublishedPage>();
  const server = createServer((request, response) => {
    const page = pages.get((request.url ?? '').split('?')[0] ?? '');
    if (!page) return void response.writeHead(request.url === '/favicon.ico' ? 204 : 404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers }).end(page.html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publish: (path, page) => void pages.set(path, page),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
