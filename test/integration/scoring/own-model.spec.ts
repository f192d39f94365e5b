import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ModelThread } from '../../../src/features/scoring/own-model/model-thread.js';
import { tempFolder } from '../../support/temp-folder.js';
import { writeTinyModel } from '../../support/tiny-onnx.js';
import { until } from '../../support/processes.js';

// Threads run what is built, on the WebAssembly runtime.
const SCRIPT = new URL('../../../dist/features/scoring/own-model/own-model.worker.js', import.meta.url);

const open: ModelThread[] = [];
const folders: ReturnType<typeof tempFolder>[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((thread) => thread.close()));
  folders.splice(0).forEach((folder) => folder.remove());
});

function aFolder(): string {
  const folder = tempFolder();
  folders.push(folder);
  return folder.path;
}

function aThread(folder: string, { timeoutMs = 60_000, script = SCRIPT } = {}) {
  const told = { ready: [] as string[], failed: [] as string[] };
  const thread = new ModelThread(
    folder,
    timeoutMs,
    { ready: (runtime) => told.ready.push(runtime), failed: (reason) => told.failed.push(reason) },
    script,
  );
  open.push(thread);
  thread.open();
  const settled = () => until(async () => told.ready.length + told.failed.length > 0);
  return { thread, told, settled };
}

describe('a model of the operator’s own', () => {
  it('judges by its labels as they are mapped', async () => {
    const folder = aFolder();
    writeTinyModel(folder, { use: 'beside' });
    const { thread, told, settled } = aThread(folder);
    await settled();
    expect(told).toEqual({ ready: ['onnxruntime-web'], failed: [] });
    expect(thread.use).toBe('beside');
    const bad = await thread.ask('A Marrow, of all things!');
    expect(bad!.toxicity).toBeCloseTo(1 / (1 + Math.exp(-4)), 4);
    expect(Object.keys(bad!).sort()).toEqual(['profanity', 'toxicity']);
    expect((await thread.ask('the harbour'))!.toxicity).toBeLessThan(0.1);
    expect(await thread.ask('')).toEqual({ toxicity: 0, profanity: 0 });
    expect((await thread.ask(`marrow ${'word '.repeat(50_000)}`))!.toxicity).toBeGreaterThan(0.9);
  });

  it('may share one probability among its labels', async () => {
    const folder = aFolder();
    writeTinyModel(folder, { output: 'softmax', labels: { toxic: 'toxicity' } });
    const { thread, settled } = aThread(folder);
    await settled();
    const { toxicity } = (await thread.ask('marrow'))!;
    expect(toxicity).toBeCloseTo(Math.exp(4) / (Math.exp(4) + 2 * Math.exp(-4)), 4);
  });

  it.each([
    ['no folder', (folder: string) => rmSync(folder, { recursive: true }), 'postbag.json is missing'],
    ['no model', (folder: string) => rmSync(join(folder, 'onnx'), { recursive: true }), 'model.onnx'],
    ['a model that is none', (folder: string) => writeFileSync(join(folder, 'onnx/model.onnx'), 'no'), ''],
    [
      'a label that it lacks',
      (folder: string) => writeTinyModel(folder, { labels: { rude: 'insult' } }),
      'no label rude',
    ],
    [
      'a label that we lack',
      (folder: string) => writeTinyModel(folder, { labels: { toxic: 'rude' } }),
      'must be one of',
    ],
    [
      'a broken tokenizer',
      (folder: string) => writeFileSync(join(folder, 'tokenizer.json'), '{'),
      'tokenizer.json',
    ],
  ])('with %s is told of and not waited for', async (_, spoil, reason) => {
    const folder = aFolder();
    writeTinyModel(folder);
    spoil(folder);
    const { thread, told, settled } = aThread(folder);
    expect(await thread.ask('marrow')).toBeNull();
    await settled();
    expect(told.ready).toEqual([]);
    expect(told.failed[0]).toContain(reason);
    expect(await thread.ask('marrow')).toBeNull();
  });

  it('that is too slow is not waited for, and left alone for a while', async () => {
    const folder = aFolder();
    const script = join(folder, 'slow.mjs');
    writeFileSync(
      script,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', () => { for (;;); });
       parentPort.postMessage({ kind: 'ready', outputs: ['toxicity'], use: 'instead', runtime: 'none' });`,
    );
    const { thread, told, settled } = aThread(folder, { timeoutMs: 20, script: new URL(`file://${script}`) });
    await settled();
    for (let at = 0; at < 5; at++) expect(await thread.ask('marrow')).toBeNull();
    expect(told.failed).toEqual(Array.from({ length: 3 }, () => 'no answer within 20 ms'));
  });

  it('whose thread dies takes nobody along', async () => {
    const folder = aFolder();
    const script = join(folder, 'dies.mjs');
    writeFileSync(
      script,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', () => { throw new Error('out of memory, say'); });
       parentPort.postMessage({ kind: 'ready', outputs: ['toxicity'], use: 'instead', runtime: 'none' });`,
    );
    const { thread, told, settled } = aThread(folder, { script: new URL(`file://${script}`) });
    await settled();
    expect(await thread.ask('marrow')).toBeNull();
    expect(told.failed).toEqual(['out of memory, say']);
    expect(await thread.ask('marrow')).toBeNull();
  });
});
