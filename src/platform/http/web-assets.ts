import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Problem } from './problem.js';

const YEAR = 'public, max-age=31536000, immutable';
/** The loader's file name never changes, so a new version must reach browsers soon. */
const MINUTE = 'public, max-age=60';

const CONSOLE_CSP = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "object-src 'none'",
].join('; ');

/** The nearest parent folder with a package.json; the same whether run from source or from the build. */
export function packageRoot(from: string = import.meta.dirname): string {
  let folder = from;
  while (!existsSync(join(folder, 'package.json'))) folder = join(folder, '..');
  return folder;
}

function sendConsole(reply: FastifyReply): FastifyReply {
  return reply
    .header('content-security-policy', CONSOLE_CSP)
    .header('referrer-policy', 'same-origin')
    .header('cache-control', 'no-cache')
    .sendFile('index.html', join(packageRoot(), 'dist/web/console'));
}

/** Serves the widget's loader and chunks and the console's page from the build. */
export async function serveWebAssets(fastify: FastifyInstance): Promise<void> {
  const web = join(packageRoot(), 'dist/web');
  // Registers no routes; it only provides `reply.sendFile`, which sends the precompressed version of a file if there is
  // one.
  await fastify.register(fastifyStatic, { root: packageRoot(), serve: false, preCompressed: true });
  if (!existsSync(web)) {
    for (const path of ['/embed.js', '/assets/js/:file', '/console', '/console/*'])
      fastify.get(path, () => Promise.reject(notBuilt()));
    return;
  }
  await fastify.register(fastifyStatic, {
    root: join(web, 'widget/embed'),
    prefix: '/embed/',
    decorateReply: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply) => void reply.header('cache-control', YEAR),
  });
  await fastify.register(fastifyStatic, {
    root: join(web, 'console/assets'),
    prefix: '/console/assets/',
    decorateReply: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply) => void reply.header('cache-control', YEAR),
  });
  fastify.get('/embed.js', (_request, reply) =>
    reply.header('cache-control', MINUTE).sendFile('embed.js', join(web, 'widget'), { cacheControl: false }),
  );
  // If chunks fail to load, the widget requests all of them again through the current loader, under URLs that it has
  // not used before: a browser may cache the failure of a URL, and after a deployment the chunks have other names.
  fastify.get<{ Params: { '*': string } }>('/embed/:attempt(^\\d+$)/*', ({ params: { '*': path } }, reply) =>
    reply
      .header('cache-control', path === 'embed.js' ? MINUTE : YEAR)
      .sendFile(path, join(web, 'widget'), { cacheControl: false }),
  );
  // The same paths as Coral's scripts, so that a page switches by changing only the host.
  for (const file of ['embed.js', 'count.js'])
    fastify.get(`/assets/js/${file}`, (_request, reply) =>
      reply.header('cache-control', MINUTE).sendFile(file, join(web, 'coral'), { cacheControl: false }),
    );
  // The router matches both forms of this path; the page's relative URLs need the one with a trailing slash.
  fastify.get('/console', (request, reply) =>
    request.url.startsWith('/console/') ? sendConsole(reply) : reply.redirect('/console/', 308),
  );
  // The console's client-side router handles the rest of the path.
  fastify.get('/console/*', (_request, reply) => sendConsole(reply));
}

const notBuilt = (): Problem =>
  new Problem(404, 'not-built', 'The web files have not been built: run npm run build.');
