import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * An ONNX text classifier of a few hundred bytes, written field by field (onnx.proto3). It has a table of logits by
 * token; the logit of a label is the largest one of the text's tokens.
 */

type Field = readonly [number: number, value: number | bigint | string | Uint8Array];

const varint = (value: number | bigint): number[] => {
  const bytes: number[] = [];
  let rest = BigInt(value);
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
};

function message(...fields: Field[]): Uint8Array {
  const bytes: number[] = [];
  for (const [number, value] of fields) {
    if (typeof value === 'number' || typeof value === 'bigint')
      bytes.push(...varint(number << 3), ...varint(value));
    else {
      const content = typeof value === 'string' ? new TextEncoder().encode(value) : value;
      bytes.push(...varint((number << 3) | 2), ...varint(content.length), ...content);
    }
  }
  return Uint8Array.from(bytes);
}

const [FLOAT, INT64, INT, INTS] = [1, 7, 2, 7];

const dimension = (size: number | string): Field => [
  1,
  message(typeof size === 'number' ? [1, size] : [2, size]),
];
const value = (name: string, type: number, shape: (number | string)[]): Uint8Array =>
  message([1, name], [2, message([1, message([1, type], [2, message(...shape.map(dimension))])])]);
const node = (op: string, inputs: string[], output: string, ...attributes: Uint8Array[]): Uint8Array =>
  message(
    ...inputs.map((input): Field => [1, input]),
    [2, output],
    [4, op],
    ...attributes.map((each): Field => [5, each]),
  );

/** @param table logits by token and label */
function classifier(table: readonly (readonly number[])[]): Uint8Array {
  const labels = table[0].length;
  const floats = new Uint8Array(Float32Array.from(table.flat()).buffer);
  const graph = message(
    [1, node('Gather', ['table', 'input_ids'], 'by_token')],
    [
      1,
      node(
        'ReduceMax',
        ['by_token'],
        'logits',
        message([1, 'axes'], [8, 1], [20, INTS]),
        message([1, 'keepdims'], [3, 0], [20, INT]),
      ),
    ],
    [2, 'tiny'],
    [5, message([1, table.length], [1, labels], [2, FLOAT], [8, 'table'], [9, floats])],
    [11, value('input_ids', INT64, ['batch', 'tokens'])],
    [12, value('logits', FLOAT, ['batch', labels])],
  );
  return message([1, 8], [7, graph], [8, message([1, ''], [2, 13])]);
}

const WORDS = ['[UNK]', 'marrow', 'harbour', 'lovely'];

/**
 * Writes a folder in the layout of Transformers.js, with a model that scores "marrow" as toxic and "harbour" as
 * harmless.
 *
 * @param own additional members of `postbag.json`
 */
export function writeTinyModel(folder: string, own: Record<string, unknown> = {}): void {
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  const write = (file: string, content: unknown): void =>
    writeFileSync(join(folder, file), content instanceof Uint8Array ? content : JSON.stringify(content));
  // The labels are harmless, toxic and obscene.
  write(
    'onnx/model.onnx',
    classifier([
      [0, -3, -4],
      [-4, 4, -4],
      [3, -5, -4],
      [4, -5, -5],
    ]),
  );
  write('config.json', { id2label: { 0: 'harmless', 1: 'toxic', 2: 'obscene' } });
  write('tokenizer.json', {
    version: '1.0',
    added_tokens: [],
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: null,
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
    },
  });
  write('tokenizer_config.json', { tokenizer_class: 'PreTrainedTokenizer' });
  write('postbag.json', { labels: { toxic: 'toxicity', obscene: 'profanity' }, ...own });
}
