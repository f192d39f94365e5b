import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Problem } from './problem.js';

const YEAR = 'public, max-age=31536000, immutable';
/** The loader keeps its name, so a new one must arrive soon. */
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

/** The nearest folder above that holds package.json: the same from sources and from the build. */
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

/** The widget's loader and parts, and the console's page, from the build. */
export async function serveWebAssets(fastify: FastifyInstance): Promise<void> {
  const web = join(packageRoot(), 'dist/web');
  // Serves nothing by itself: it is for `reply.sendFile`, with the compressed form that stands beside a file.
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
  // An element whose parts did not come asks for all of them through the loader of now, under addresses that it has not
  // asked for before: a browser may keep the failure of an address, and after a deploy the parts have other names.
  fastify.get<{ Params: { '*': string } }>('/embed/:attempt(^\\d+$)/*', ({ params: { '*': path } }, reply) =>
    reply
      .header('cache-control', path === 'embed.js' ? MINUTE : YEAR)
      .sendFile(path, join(web, 'widget'), { cacheControl: false }),
  );
  // Under the addresses at which Coral serves its own, so that a page moves by its host alone.
  for (const file of ['embed.js', 'count.js'])
    fastify.get(`/assets/js/${file}`, (_request, reply) =>
      reply.header('cache-control', MINUTE).sendFile(file, join(web, 'coral'), { cacheControl: false }),
    );
  // The router takes both spellings for this route; the page's own addresses are relative to the one with a slash.
  fastify.get('/console', (request, reply) =>
    request.url.startsWith('/console/') ? sendConsole(reply) : reply.redirect('/console/', 308),
  );
  // The console's own router reads the rest of the address.
  fastify.get('/console/*', (_request, reply) => sendConsole(reply));
}

const notBuilt = (): Problem =>
  new Problem(404, 'not-built', 'The web parts are not built: run npm run build.');
