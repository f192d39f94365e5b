import type { NestFastifyApplication } from '@nestjs/platform-fastify';

// OPTIONS, which browsers may send to any URL, and HEAD, which Fastify adds to every GET route.
const IMPLIED: ReadonlySet<string> = new Set(['HEAD', 'OPTIONS']);

/** Returns all routes of the server, such as `GET /api/v1/sites/:site`, from Fastify's router. */
export function runningRoutes(app: NestFastifyApplication): string[] {
  const tree = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const parents: string[] = [];
  const routes: string[] = [];
  for (const line of tree.split('\n')) {
    const [, indent, part, methods] = /^((?:│ {3}| {4})*)[├└]── (.*?) \(([A-Z, ]+)\)$/.exec(line) ?? [];
    if (indent === undefined) continue;
    const depth = indent.length / 4;
    parents.splice(depth, parents.length, part);
    const path = parents.join('');
    for (const method of methods.split(', ')) if (!IMPLIED.has(method)) routes.push(`${method} ${path}`);
  }
  return routes;
}
