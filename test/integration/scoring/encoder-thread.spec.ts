import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { EncoderThread, MAX_WAITING } from '../../../src/features/scoring/encoder/encoder-thread.js';
import { SentenceEncoder } from '../../../src/features/scoring/encoder/sentence-encoder.js';
import { until } from '../../support/processes.js';
import { tempFolder } from '../../support/temp-folder.js';

// Worker threads run the built code.
const SCRIPT = new URL('../../../dist/features/scoring/encoder/encoder.worker.js', import.meta.url);

const threads: EncoderThread[] = [];
const folders: ReturnType<typeof tempFolder>[] = [];
afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.close()));
  folders.splice(0).forEach((folder) => folder.remove());
});

function createFile(name: string, content: string): string {
  const folder = tempFolder();
  folders.push(folder);
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
}

const createScript = (content: string): URL => pathToFileURL(createFile('worker.mjs', content));

async function openThread({
  timeoutMs = 60_000,
  script = SCRIPT,
  model = undefined as string | undefined,
} = {}) {
  const events = { ready: 0, failed: [] as string[] };
  const thread = new EncoderThread(
    { timeoutMs, script, model },
    { ready: () => void events.ready++, failed: (reason) => void events.failed.push(reason) },
  );
  threads.push(thread);
  thread.open();
  const early = await thread.embed('Not ready yet.');
  await until(async () => events.ready + events.failed.length > 0);
  return { thread, events, early };
}

const READY_WORKER = `import { parentPort } from 'node:worker_threads'; parentPort.postMessage({ kind: 'ready' });`;

describe('the encoder’s thread', () => {
  it('returns the vectors of the encoder', async () => {
    const { thread, events, early } = await openThread();
    expect(early).toBeNull();
    const encoder = await SentenceEncoder.load();
    for (const text of ['The ferry is late again.', '', 'word '.repeat(50_000)])
      expect(Array.from((await thread.embed(text))!)).toEqual(Array.from(encoder.embed(text)));
    expect(events).toEqual({ ready: 1, failed: [] });
  });

  it('returns null for texts beyond the maximum queue length', async () => {
    const { thread, events } = await openThread();
    const answers = await Promise.all(
      Array.from({ length: MAX_WAITING + 5 }, (_, n) => thread.embed(`Comment ${n}.`)),
    );
    expect(answers.map((answer) => answer !== null)).toEqual([
      ...Array<boolean>(MAX_WAITING).fill(true),
      ...Array<boolean>(5).fill(false),
    ]);
    expect(await thread.embed('The peak is over.')).not.toBeNull();
    expect(events.failed).toEqual([]);
  });

  it('reports a damaged file', async () => {
    const { thread, events } = await openThread({ model: createFile('encoder.bin', 'not weights') });
    expect(events).toEqual({ ready: 0, failed: ['not an encoder file of this version'] });
    expect(await thread.embed('a text')).toBeNull();
  });

  it('abandons a text after the time limit, and pauses after three', async () => {
    const script = createScript(`${READY_WORKER} parentPort.on('message', () => {});`);
    const { thread, events } = await openThread({ script, timeoutMs: 20 });
    for (let text = 0; text < 4; text++) expect(await thread.embed('a text')).toBeNull();
    expect(events.failed).toEqual(Array(3).fill('no response within 20 ms'));
  });

  it('reports a text that fails, and continues with others', async () => {
    const script =
      createScript(`${READY_WORKER} parentPort.on('message', ({ id, text }) => parentPort.postMessage(
      text === 'bad' ? { kind: 'failed', id, reason: 'a bad text' } : { kind: 'answer', id, answer: new Float32Array(1) }));`);
    const { thread, events } = await openThread({ script });
    expect(await thread.embed('bad')).toBeNull();
    expect(events.failed).toEqual(['a bad text']);
    expect(await thread.embed('good')).toEqual(new Float32Array(1));
  });

  it('returns null for waiting texts when the thread ends', async () => {
    const script = createScript(
      `${READY_WORKER} parentPort.on('message', () => { throw new Error('it broke'); });`,
    );
    const { thread, events } = await openThread({ script });
    expect(await Promise.all([thread.embed('one'), thread.embed('two')])).toEqual([null, null]);
    expect(events.failed).toEqual(['it broke']);
  });
});
