import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { signedHttp } from '../../src/features/scoring/external/signed-http.js';
import { signedHeaders } from '../../src/features/webhooks/signed-headers.js';
import { newKeyPair } from '../../src/features/webhooks/webhook-secrets.js';
import { freePort, until } from '../support/processes.js';

/* Runs the example receivers from the docs without changes, and sends requests to them. */

const ROOT = join(import.meta.dirname, '../..');
const SECRET = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;

let running: ChildProcess | undefined;
afterEach(() => {
  running?.kill('SIGKILL');
});

/** Starts an example. @returns a function that sends a request to it, and a function that returns its output */
async function runExample(page: string, secretName: string, { example = 'receiver', secret = SECRET } = {}) {
  const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
  const code = new RegExp(`<!-- example: ${example} -->\\s+\`\`\`js\\n(.+?)\`\`\``, 's').exec(text)![1];
  const port = await freePort();
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PORT: String(port), [secretName]: secret },
  });
  running = child;
  const output: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const send = (headers: Record<string, string>, body: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers, body });
  await until(() =>
    send({}, '').then(
      () => true,
      () => false,
    ),
  );
  return { send, output: () => output.join('') };
}

describe('the example receivers in the docs', () => {
  it('for webhooks: accepts an event once and rejects unsigned requests', async () => {
    const { send, output } = await runExample('webhooks.md', 'POSTBAG_WEBHOOK_SECRET');
    const body = JSON.stringify({ id: 'event-1', type: 'comment.published', data: { comment: { id: 'c' } } });
    const headers = signedHeaders('event-1', body, [SECRET], new Date());
    expect((await send(headers, body)).status).toBe(204);
    expect((await send(headers, body)).status).toBe(204);
    expect((await send(headers, `${body} `)).status).toBe(401);
    await until(() => output().includes('comment.published'));
    expect(output().split('comment.published')).toHaveLength(2);
  });

  it('for webhooks with Ed25519: needs no secret and rejects signatures made with other keys', async () => {
    const [before, now, other] = [1, 2, 3].map(() => newKeyPair());
    const { send, output } = await runExample('webhooks.md', 'POSTBAG_PUBLIC_KEYS', {
      example: 'ed25519',
      secret: `${before.publicKey} ${now.publicKey}`,
    });
    const body = JSON.stringify({ id: 'event-2', type: 'comment.held', data: { comment: { id: 'ć' } } });
    const sendSigned = (secrets: string[], at = new Date(), bytes = body) =>
      send(signedHeaders('event-2', body, secrets, at), bytes).then(({ status }) => status);
    expect(await sendSigned([SECRET, now.secret])).toBe(204);
    expect(await sendSigned([before.secret])).toBe(204);
    expect(await sendSigned([other.secret])).toBe(401);
    expect(await sendSigned([SECRET])).toBe(401);
    expect(await sendSigned([now.secret], new Date(), `${body} `)).toBe(401);
    expect(await sendSigned([now.secret], new Date(Date.now() - 310_000))).toBe(401);
    await until(() => output().split('comment.held').length === 3);
  });

  it('for external scorers: scores texts and rejects unsigned requests', async () => {
    const { send } = await runExample('external-scorers.md', 'POSTBAG_SCORER_SECRET');
    const text = 'This is clickbait, is it not?';
    const { headers, body } = signedHttp.request({
      scorer: { url: '', secrets: [SECRET], options: {}, labels: {}, sendContext: false },
      input: {
        siteId: 's',
        commentId: 'c',
        revisionId: 'revision-1',
        revision: 1,
        body: text,
        language: 'en',
        postedAt: new Date(),
        isReply: false,
        author: { id: 'a', name: 'Ann', isNew: false, publishedCount: 1, tenureDays: 1 },
        story: { key: 'k', url: 'https://daily.example/k', title: 'K' },
        parent: null,
      },
      at: new Date(),
      isTest: false,
    });
    const answer = await (await send(headers, body)).text();
    expect(signedHttp.read({ answer, headers: {} }, text)).toEqual({
      'off-brand': { value: 0.9, spans: [[8, 17]] },
    });
    expect((await send(headers, `${body} `)).status).toBe(401);
  });
});
