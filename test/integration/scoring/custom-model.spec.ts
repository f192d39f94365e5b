import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ModelThread } from '../../../src/features/scoring/custom-model/model-thread.js';
import { createSiteFixture, expectStatus, type Json } from '../../support/site-fixture.js';
import { freshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import { PRODUCT_ADMIN_KEY, startProduct } from '../../support/product.js';
import { tempFolder } from '../../support/temp-folder.js';
import { writeTinyModel } from '../../support/tiny-onnx.js';

// Worker threads run the built code, on the WebAssembly runtime.
const SCRIPT = new URL('../../../dist/features/scoring/custom-model/custom-model.worker.js', import.meta.url);

const threads: ModelThread[] = [];
const folders: ReturnType<typeof tempFolder>[] = [];
afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.close()));
  folders.splice(0).forEach((folder) => folder.remove());
});

function createFolder(): string {
  const folder = tempFolder();
  folders.push(folder);
  return folder.path;
}

function openThread(folder: string, { timeoutMs = 60_000, script = SCRIPT } = {}) {
  const reported = { ready: [] as string[], failed: [] as string[] };
  const thread = new ModelThread(
    folder,
    timeoutMs,
    { ready: (runtime) => reported.ready.push(runtime), failed: (reason) => reported.failed.push(reason) },
    script,
  );
  threads.push(thread);
  thread.open();
  const waitUntilStarted = () => until(async () => reported.ready.length + reported.failed.length > 0);
  return { thread, reported, waitUntilStarted };
}

describe('a custom model', () => {
  it('returns scores for the labels to which its own labels are mapped', async () => {
    const folder = createFolder();
    writeTinyModel(folder, { use: 'beside' });
    const { thread, reported, waitUntilStarted } = openThread(folder);
    await waitUntilStarted();
    expect(reported).toEqual({ ready: ['onnxruntime-web'], failed: [] });
    expect(thread.use).toBe('beside');
    const bad = await thread.classify('A Marrow, of all things!');
    expect(bad!.toxicity).toBeCloseTo(1 / (1 + Math.exp(-4)), 4);
    expect(Object.keys(bad!).sort()).toEqual(['profanity', 'toxicity']);
    expect((await thread.classify('the harbour'))!.toxicity).toBeLessThan(0.1);
    expect(await thread.classify('')).toEqual({ toxicity: 0, profanity: 0 });
    expect((await thread.classify(`marrow ${'word '.repeat(50_000)}`))!.toxicity).toBeGreaterThan(0.9);
  });

  it('may distribute one probability over its labels', async () => {
    const folder = createFolder();
    writeTinyModel(folder, { output: 'softmax', labels: { toxic: 'toxicity' } });
    const { thread, waitUntilStarted } = openThread(folder);
    await waitUntilStarted();
    const { toxicity } = (await thread.classify('marrow'))!;
    expect(toxicity).toBeCloseTo(Math.exp(4) / (Math.exp(4) + 2 * Math.exp(-4)), 4);
  });

  it.each([
    ['no folder', (folder: string) => rmSync(folder, { recursive: true }), 'postbag.json is missing'],
    ['no model', (folder: string) => rmSync(join(folder, 'onnx'), { recursive: true }), 'model.onnx'],
    [
      'a file that is not a model',
      (folder: string) => writeFileSync(join(folder, 'onnx/model.onnx'), 'no'),
      '',
    ],
    [
      'a label that the model lacks',
      (folder: string) => writeTinyModel(folder, { labels: { rude: 'insult' } }),
      'no label rude',
    ],
    [
      'a mapping to an unknown label',
      (folder: string) => writeTinyModel(folder, { labels: { toxic: 'rude' } }),
      'must be one of',
    ],
    [
      'a broken tokenizer',
      (folder: string) => writeFileSync(join(folder, 'tokenizer.json'), '{'),
      'tokenizer.json',
    ],
  ])('with %s is reported, and texts do not wait for it', async (_, breakModel, reason) => {
    const folder = createFolder();
    writeTinyModel(folder);
    breakModel(folder);
    const { thread, reported, waitUntilStarted } = openThread(folder);
    expect(await thread.classify('marrow')).toBeNull();
    await waitUntilStarted();
    expect(reported.ready).toEqual([]);
    expect(reported.failed[0]).toContain(reason);
    expect(await thread.classify('marrow')).toBeNull();
  });

  it('that is too slow is abandoned after the time limit, and is skipped after three such texts', async () => {
    const folder = createFolder();
    const script = join(folder, 'slow.mjs');
    writeFileSync(
      script,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', () => { for (;;); });
       parentPort.postMessage({ kind: 'ready', outputs: ['toxicity'], use: 'instead', runtime: 'none' });`,
    );
    const { thread, reported, waitUntilStarted } = openThread(folder, {
      timeoutMs: 20,
      script: new URL(`file://${script}`),
    });
    await waitUntilStarted();
    for (let at = 0; at < 5; at++) expect(await thread.classify('marrow')).toBeNull();
    expect(reported.failed).toEqual(Array.from({ length: 3 }, () => 'no response within 20 ms'));
  });

  it('whose thread dies does not affect anything else', async () => {
    const folder = createFolder();
    const script = join(folder, 'dies.mjs');
    writeFileSync(
      script,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', () => { throw new Error('out of memory, say'); });
       parentPort.postMessage({ kind: 'ready', outputs: ['toxicity'], use: 'instead', runtime: 'none' });`,
    );
    const { thread, reported, waitUntilStarted } = openThread(folder, {
      script: new URL(`file://${script}`),
    });
    await waitUntilStarted();
    expect(await thread.classify('marrow')).toBeNull();
    expect(reported.failed).toEqual(['out of memory, say']);
    expect(await thread.classify('marrow')).toBeNull();
  });
});

describe('the languages that a model declares', () => {
  const GERMAN = 'Der Marrow ist heute wieder da, und niemand hat uns etwas davon gesagt.';

  it('get a temporary error while it loads, and are scored when it has loaded', async () => {
    const folder = createFolder();
    writeTinyModel(folder, { languages: ['de'] });
    // Loading the model blocks until something is written to this pipe.
    const pipe = join(folder, 'tokenizer.json');
    const tokenizer = readFileSync(pipe, 'utf8');
    rmSync(pipe);
    execFileSync('mkfifo', [pipe]);
    const database = await freshDatabase();
    const product = await startProduct({ databaseUrl: database.url, env: { MODEL_DIR: folder } });
    let isLoaded = false;
    const load = async () => {
      if (!isLoaded) await writeFile(pipe, tokenizer);
      isLoaded = true;
    };
    try {
      const issueKey = async (unread: object): Promise<string> =>
        (
          await expectStatus(
            201,
            product.call<Json>('POST', '/api/v1/keys', {
              token: PRODUCT_ADMIN_KEY,
              body: { name: 'a client', scopes: ['score'], unread },
            }),
          )
        ).body.key;
      const keyWithErrors = await issueKey({ mode: 'error' });
      const keyWithScore = await issueKey({ mode: 'score', value: 0.9 });
      const analyze = (key: string, text: string, more: object = {}) =>
        product.call<Json>('POST', `/v1alpha1/comments:analyze?key=${key}`, {
          body: { comment: { text }, requestedAttributes: { TOXICITY: {} }, ...more },
        });
      const toxicity = ({ body }: { body: Json }): number => body.attributeScores.TOXICITY.summaryScore.value;

      for (const more of [{ languages: ['de'] }, { languages: ['de-AT', 'en'] }, {}]) {
        const refused = await analyze(keyWithErrors, GERMAN, more);
        expect([refused.status, refused.body.error.status]).toEqual([503, 'UNAVAILABLE']);
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
        const held = await analyze(keyWithScore, GERMAN, more);
        expect([held.status, toxicity(held)]).toEqual([200, 0.9]);
      }
      expect((await analyze(keyWithErrors, 'You are an idiot.', { languages: ['en'] })).status).toBe(200);
      expect((await analyze(keyWithErrors, GERMAN, { languages: ['it'] })).status).toBe(400);

      await load();
      await until(async () => (await analyze(keyWithErrors, GERMAN)).status === 200, 60_000);
      for (const key of [keyWithErrors, keyWithScore])
        for (const more of [{ languages: ['de'] }, {}])
          expect(toxicity(await analyze(key, GERMAN, more))).toBeCloseTo(1 / (1 + Math.exp(-4)), 4);
      // In the model's languages, labels that the model does not have are not supported.
      const insult = { requestedAttributes: { TOXICITY: {}, INSULT: {} }, languages: ['de'] };
      expect((await analyze(keyWithErrors, GERMAN, insult)).body.error.details[0]).toMatchObject({
        languageNotSupportedByAttributeError: { attribute: 'INSULT' },
      });
      const { attributeScores } = (await analyze(keyWithScore, GERMAN, insult)).body;
      expect(attributeScores.TOXICITY.summaryScore.value).toBeGreaterThan(0.95);
      expect(attributeScores.INSULT.summaryScore.value).toBe(0.9);
      const dropped = await analyze(keyWithErrors, GERMAN, { ...insult, dropUnsupportedAttributes: true });
      expect(Object.keys(dropped.body.attributeScores)).toEqual(['TOXICITY']);
      expect((await analyze(keyWithErrors, GERMAN, { languages: ['it'] })).status).toBe(400);

      const fixture = await createSiteFixture({ call: product.call, adminKey: PRODUCT_ADMIN_KEY });
      const { id } = await fixture.submit(
        'mara',
        'Das Wetter ist schön, und wir gehen heute alle spazieren.',
      );
      await until(async () => (await fixture.readOwnComment('mara', id))['status'] !== 'pending', 60_000);
      expect((await fixture.readOwnComment('mara', id))['status']).toBe('published');
    } finally {
      await load();
      await product.process.stop();
      await database.drop();
    }
  });
});
