/**
 * A minimal Fastify server, which the product is compared with. Like the product, it runs in a separate process. It
 * serves the same bytes from memory and a page from one prepared json_agg statement, and writes the rows of a comment in
 * one transaction.
 */
import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import pg from 'pg';
import { WRITE_STATEMENTS, PAGE_STATEMENT } from './ceiling-sql.js';

const env = process.env as Record<string, string>;
const pool = new pg.Pool({ connectionString: env['DATABASE_URL'], max: 10 });
const app = fastify();
let storedBody: Buffer<ArrayBufferLike> = Buffer.alloc(0);

app.addContentTypeParser(
  'application/octet-stream',
  { parseAs: 'buffer', bodyLimit: 1e8 },
  (_request, body, done) => done(null, body),
);
app.get('/', () => 'ready');
app.put('/memory', (request, reply) => {
  storedBody = request.body as Buffer;
  return reply.code(204).send();
});
app.get('/memory', (_request, reply) =>
  reply.header('content-type', 'application/json; charset=utf-8').send(storedBody),
);

app.get('/page', async (request, reply) => {
  const { story, before, limit } = request.query as Record<string, string>;
  const { rows } = await pool.query<{ page: string }>({
    name: 'page',
    text: PAGE_STATEMENT,
    values: [env['SITE_ID'], story, before ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff', limit ?? 20],
  });
  return reply.header('content-type', 'application/json; charset=utf-8').send(rows[0]?.page);
});

app.post('/write', async (request, reply) => {
  const { body } = request.body as { body: string };
  const values: Record<string, unknown> = {
    site: env['SITE_ID'],
    story: env['STORY_ID'],
    author: env['AUTHOR_ID'],
    comment: randomUUID(),
    revision: randomUUID(),
    body,
    now: new Date(),
  };
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    for (const { name, text, uses } of WRITE_STATEMENTS) {
      await client.query({ name, text, values: uses.map((use) => values[use]) });
    }
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  return reply.code(202).send({ id: values['comment'] });
});

await app.listen({ port: Number(env['PORT']), host: '127.0.0.1' });
process.once('SIGTERM', () => void app.close().then(() => pool.end()));
