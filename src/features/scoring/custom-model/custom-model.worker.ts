import { parentPort, workerData } from 'node:worker_threads';
import * as tokenizers from '@huggingface/tokenizers';
import type * as Runtime from 'onnxruntime-web';
import type { TextRequest, WorkerMessage } from '../text-worker.js';
import { readModelFolder, type ModelFolder } from './model-folder.js';
import type { LoadedModelInfo } from './worker-messages.js';

/*
 * Runs in its own thread so that the process keeps scoring whatever a third-party model does. Uses the native runtime
 * if the operator installed it, otherwise WebAssembly. Neither is loaded if no folder is configured.
 */
const RUNTIMES = ['onnxruntime-node', 'onnxruntime-web'];
const INPUTS = ['input_ids', 'attention_mask', 'token_type_ids'];
/** Limit for the text. The tokenizer would cut off the rest anyway. */
const MAX_CHARS = 20_000;

/**
 * Declares only the members that are used. The library's own declarations are written for bundlers and do not work
 * with Node's module resolution.
 */
interface Tokenizer {
  encode(text: string): { ids: number[] };
}
const { Tokenizer: TokenizerClass } = tokenizers as unknown as {
  Tokenizer: new (tokenizer: object, config: object) => Tokenizer;
};

const port = parentPort!;
const post = (message: WorkerMessage<LoadedModelInfo, number[]>): void => port.postMessage(message);

async function runtimeOf(): Promise<{ name: string; runtime: typeof Runtime }> {
  const reasons: string[] = [];
  for (const name of RUNTIMES) {
    try {
      const ort = (await import(name)) as typeof Runtime & { default?: typeof Runtime };
      return { name, runtime: ort.InferenceSession ? ort : ort.default! };
    } catch (error) {
      reasons.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    }
  }
  throw new Error(`no runtime is installed (${reasons.join('; ')})`);
}

class LoadedModel {
  private constructor(
    private readonly ort: typeof Runtime,
    private readonly session: Runtime.InferenceSession,
    private readonly tokenizer: Tokenizer,
    readonly folder: ModelFolder,
    readonly runtime: string,
  ) {}

  static async open(path: string): Promise<LoadedModel> {
    const folder = await readModelFolder(path);
    const tokenizer = new TokenizerClass(folder.tokenizer, folder.tokenizerConfig);
    const { name, runtime } = await runtimeOf();
    if (name === 'onnxruntime-web') runtime.env.wasm.numThreads = 1;
    const session = await runtime.InferenceSession.create(folder.modelFile);
    const unknownInputs = session.inputNames.filter((input) => !INPUTS.includes(input));
    if (unknownInputs.length > 0)
      throw new Error(`the model needs inputs that cannot be derived from text: ${unknownInputs.join(', ')}`);
    return new LoadedModel(runtime, session, tokenizer, folder, name);
  }

  /** Probabilities in the order of the model's outputs. */
  async probabilities(text: string): Promise<number[]> {
    const { ids } = this.tokenizer.encode(text.slice(0, MAX_CHARS));
    const { maxTokens } = this.folder;
    // Keep the last token: in some models it is the end-of-text token.
    const inputIds = ids.length > maxTokens ? [...ids.slice(0, maxTokens - 1), ids[ids.length - 1]] : ids;
    if (inputIds.length === 0) return this.folder.outputs.map(() => 0);
    const tensor = (values: BigInt64Array): Runtime.Tensor =>
      new this.ort.Tensor('int64', values, [1, inputIds.length]);
    const feeds: Record<string, Runtime.Tensor> = {};
    for (const input of this.session.inputNames) {
      feeds[input] = tensor(
        BigInt64Array.from(inputIds, (id) =>
          BigInt(input === 'input_ids' ? id : input === 'attention_mask' ? 1 : 0),
        ),
      );
    }
    const answer = (await this.session.run(feeds))[this.session.outputNames[0]];
    const logits = Array.from(answer.data as Float32Array, Number);
    if (logits.length !== this.folder.outputs.length || !logits.every(Number.isFinite))
      throw new Error(`the model returned ${logits.length} numbers for ${this.folder.outputs.length} labels`);
    return this.folder.output === 'softmax'
      ? softmax(logits)
      : logits.map((logit) => 1 / (1 + Math.exp(-logit)));
  }
}

function softmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp(logit - largest));
  const sum = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((exponential) => exponential / sum);
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 500);

try {
  const model = await LoadedModel.open(workerData as string);
  const { outputs, use } = model.folder;
  post({ kind: 'ready', outputs, use, runtime: model.runtime });
  // Texts run one at a time because a session cannot serve two at once. Callers have their own timeout.
  let previous = Promise.resolve();
  port.on('message', ({ id, text }: TextRequest) => {
    previous = previous.then(async () => {
      try {
        post({ kind: 'answer', id, answer: await model.probabilities(text) });
      } catch (error) {
        post({ kind: 'failed', id, reason: reasonOf(error) });
      }
    });
  });
} catch (error) {
  post({ kind: 'unusable', reason: reasonOf(error) });
  port.close();
}
