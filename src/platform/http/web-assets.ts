import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Problem } from './problem.js';

const ONE_YEAR = 'public, max-age=31536000, immutable';
/** For the loader, whose file name never changes, so that browsers soon load a new version. */
const ONE_MINUTE = 'public, max-age=60';

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

/** The nearest parent folder with a package.json. It is the same for the source and for the build. */
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
    setHeaders: (reply) => void reply.header('cache-control', ONE_YEAR),
  });
  await fastify.register(fastifyStatic, {
    root: join(web, 'console/assets'),
    prefix: '/console/assets/',
    decorateReply: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply) => void reply.header('cache-control', ONE_YEAR),
  });
  fastify.get('/embed.js', (_request, reply) =>
    reply
      .header('cache-control', ONE_MINUTE)
      .sendFile('embed.js', join(web, 'widget'), { cacheControl: false }),
  );
  // If chunks fail to load, the widget loads the current loader and all chunks again, with an attempt number in their
  // URLs: a browser may have cached the failure of a URL, and after a deployment the chunks have other names.
  fastify.get<{ Params: { '*': string } }>('/embed/:attempt(^\\d+$)/*', ({ params: { '*': path } }, reply) =>
    reply
      .header('cache-control', path === 'embed.js' ? ONE_MINUTE : ONE_YEAR)
      .sendFile(path, join(web, 'widget'), { cacheControl: false }),
  );
  // The same paths as Coral's scripts, so that a page that used Coral needs only another host name.
  for (const file of ['embed.js', 'count.js'])
    fastify.get(`/assets/js/${file}`, (_request, reply) =>
      reply.header('cache-control', ONE_MINUTE).sendFile(file, join(web, 'coral'), { cacheControl: false }),
    );
  // The router matches the path with and without a trailing slash. The relative URLs of the page need the slash.
  fastify.get('/console', (request, reply) =>
    request.url.startsWith('/console/') ? sendConsole(reply) : reply.redirect('/console/', 308),
  );
  // The console's client-side router handles the rest of the path.
  fastify.get('/console/*', (_request, reply) => sendConsole(reply));
}

const notBuilt = (): Problem =>
  new Problem(404, 'not-built', 'The web files have not been built: run npm run build.');
