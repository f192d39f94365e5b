import { parentPort, workerData } from 'node:worker_threads';
import type { TextRequest, WorkerMessage } from '../text-worker.js';
import { SentenceEncoder } from './sentence-encoder.js';

/* Runs the sentence encoder in its own thread, so that it delays no request of the process. */

const port = parentPort!;
const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 500);
const post = (message: WorkerMessage<object, Float32Array>, transfer: ArrayBuffer[] = []): void =>
  port.postMessage(message, transfer);

try {
  const encoder = await SentenceEncoder.load((workerData as string | undefined) ?? undefined);
  port.on('message', ({ id, text }: TextRequest) => {
    try {
      const answer = encoder.embed(text);
      post({ kind: 'answer', id, answer }, [answer.buffer as ArrayBuffer]);
    } catch (error) {
      post({ kind: 'failed', id, reason: reasonOf(error) });
    }
  });
  post({ kind: 'ready' });
} catch (error) {
  post({ kind: 'unusable', reason: reasonOf(error) });
  port.close();
}
