/*
 * Inner loops of the sentence encoder, in AssemblyScript. `node scripts/build-encoder-kernels.mjs` compiles this file to
 * kernels.wasm; a spec compiles it again and compares. Pointers are bytes into the memory that sentence-encoder.ts
 * lays out. Matrices are row by row. Rows come in fours: callers round the number of tokens up and ignore the rest.
 * Numbers are 32-bit floats unless stated otherwise.
 */

/** Keeps a row of zeros from being divided by zero. */
const TINY: f32 = 1e-20;
const LOWEST: f32 = -Infinity;
const LAYER_NORM_EPSILON: f32 = 1e-6;

// @ts-ignore: decorator
@inline
function sumLanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

// @ts-ignore: decorator
@inline
function maxLanes(v: v128): f32 {
  return max(
    max(f32x4.extract_lane(v, 0), f32x4.extract_lane(v, 1)),
    max(f32x4.extract_lane(v, 2), f32x4.extract_lane(v, 3)),
  );
}

// @ts-ignore: decorator
@inline
function largestIn(row: usize, bytes: usize): f32 {
  let largest = f32x4.splat(TINY);
  for (let at = row; at < row + bytes; at += 16) largest = f32x4.max(largest, f32x4.abs(v128.load(at)));
  return maxLanes(largest);
}

// @ts-ignore: decorator
@inline
function roundEight(x: usize, factor: f32): v128 {
  const by = f32x4.splat(factor);
  return i16x8.narrow_i32x4_s(
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(x), by))),
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(x, 16), by))),
  );
}

/**
 * Rounds rows to 16-bit integers, each row with its own step.
 *
 * @param rows a multiple of 4
 * @param width a multiple of 8
 * @param limit the largest integer to use
 * @param out 16-bit integers as `multiply` reads them: [rows / 4, width / 2, 4, 2]
 * @param steps one per row: the value of 1
 */
export function quantize(x: usize, rows: i32, width: i32, limit: f32, out: usize, steps: usize): void {
  const bytes = <usize>width << 2;
  for (let row = 0; row < rows; row += 4) {
    const x1 = x + bytes;
    const x2 = x1 + bytes;
    const x3 = x2 + bytes;
    const step0 = largestIn(x, bytes) / limit;
    const step1 = largestIn(x1, bytes) / limit;
    const step2 = largestIn(x2, bytes) / limit;
    const step3 = largestIn(x3, bytes) / limit;
    f32.store(steps, step0);
    f32.store(steps, step1, 4);
    f32.store(steps, step2, 8);
    f32.store(steps, step3, 12);
    for (let at: usize = 0; at < bytes; at += 32) {
      // A lane is a pair of integers; the four rows are transposed.
      const row0 = roundEight(x + at, <f32>1 / step0);
      const row1 = roundEight(x1 + at, <f32>1 / step1);
      const row2 = roundEight(x2 + at, <f32>1 / step2);
      const row3 = roundEight(x3 + at, <f32>1 / step3);
      const low01 = v128.shuffle<i32>(row0, row1, 0, 4, 1, 5);
      const high01 = v128.shuffle<i32>(row0, row1, 2, 6, 3, 7);
      const low23 = v128.shuffle<i32>(row2, row3, 0, 4, 1, 5);
      const high23 = v128.shuffle<i32>(row2, row3, 2, 6, 3, 7);
      v128.store(out, v128.shuffle<i64>(low01, low23, 0, 2));
      v128.store(out, v128.shuffle<i64>(low01, low23, 1, 3), 16);
      v128.store(out, v128.shuffle<i64>(high01, high23, 0, 2), 32);
      v128.store(out, v128.shuffle<i64>(high01, high23, 1, 3), 48);
      out += 64;
    }
    x = x3 + bytes;
    steps += 16;
  }
}

/** Layer normalization of each row: mean 0 and variance 1, then `* scale + shift`. */
export function normalize(x: usize, rows: i32, width: i32, scale: usize, shift: usize, out: usize): void {
  const bytes = <usize>width << 2;
  for (let row = 0; row < rows; row++) {
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) sum = f32x4.add(sum, v128.load(x + at));
    const mean = f32x4.splat(sumLanes(sum) / <f32>width);
    let squares = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const centred = f32x4.sub(v128.load(x + at), mean);
      squares = f32x4.add(squares, f32x4.mul(centred, centred));
    }
    const factor = f32x4.splat(
      <f32>1 / sqrt<f32>(sumLanes(squares) / <f32>width + LAYER_NORM_EPSILON),
    );
    for (let at: usize = 0; at < bytes; at += 16) {
      const unit = f32x4.mul(f32x4.sub(v128.load(x + at), mean), factor);
      v128.store(out + at, f32x4.add(f32x4.mul(unit, v128.load(scale + at)), v128.load(shift + at)));
    }
    x += bytes;
    out += bytes;
  }
}

// @ts-ignore: decorator
@inline
function storeScaled(out: usize, sums: v128, rowStep: v128, columnSteps: usize, bias: usize, add: bool): void {
  let value = f32x4.add(
    f32x4.mul(f32x4.convert_i32x4_s(sums), f32x4.mul(rowStep, v128.load(columnSteps))),
    v128.load(bias),
  );
  if (add) value = f32x4.add(value, v128.load(out));
  v128.store(out, value);
}

/**
 * `out = a * b + bias`, or `out += a * b + bias`, with 16-bit integers and 32-bit sums.
 *
 * @param a 16-bit integers [rows / 4, inner / 2, 4, 2], `rowSteps` the value of 1 in each row
 * @param b 8-bit integers in panels of 8 columns: [columns / 8, inner / 2, 8, 2]; `columnSteps` the value of 1
 * @param rows a multiple of 4
 * @param inner a multiple of 2
 * @param columns a multiple of 8
 * @param panel scratch for a panel of 16-bit integers, which stays in the first cache
 * @param out [rows, columns]
 */
export function multiply(
  a: usize,
  rowSteps: usize,
  b: usize,
  columnSteps: usize,
  bias: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  add: bool,
  panel: usize,
  out: usize,
): void {
  const outBytes = <usize>columns << 2;
  const end = panel + (<usize>inner << 4);
  for (let column = 0; column < columns; column += 8) {
    for (let at = panel; at < end; at += 16, b += 8) v128.store(at, v128.load8x8_s(b));
    let from = a;
    let target = out;
    let steps = rowSteps;
    for (let row = 0; row < rows; row += 4) {
      let s00 = i32x4.splat(0);
      let s01 = i32x4.splat(0);
      let s10 = i32x4.splat(0);
      let s11 = i32x4.splat(0);
      let s20 = i32x4.splat(0);
      let s21 = i32x4.splat(0);
      let s30 = i32x4.splat(0);
      let s31 = i32x4.splat(0);
      let at = panel;
      // Not unrolled, and no larger block: more sums or loads than these do not fit into 16 registers.
      do {
        const left = v128.load(at);
        const right = v128.load(at, 16);
        let pair = v128.load32_splat(from);
        s00 = i32x4.add(s00, i32x4.dot_i16x8_s(pair, left));
        s01 = i32x4.add(s01, i32x4.dot_i16x8_s(pair, right));
        pair = v128.load32_splat(from, 4);
        s10 = i32x4.add(s10, i32x4.dot_i16x8_s(pair, left));
        s11 = i32x4.add(s11, i32x4.dot_i16x8_s(pair, right));
        pair = v128.load32_splat(from, 8);
        s20 = i32x4.add(s20, i32x4.dot_i16x8_s(pair, left));
        s21 = i32x4.add(s21, i32x4.dot_i16x8_s(pair, right));
        pair = v128.load32_splat(from, 12);
        s30 = i32x4.add(s30, i32x4.dot_i16x8_s(pair, left));
        s31 = i32x4.add(s31, i32x4.dot_i16x8_s(pair, right));
        at += 32;
        from += 16;
      } while (at < end);
      storeScaled(target, s00, v128.load32_splat(steps), columnSteps, bias, add);
      storeScaled(target + 16, s01, v128.load32_splat(steps), columnSteps + 16, bias + 16, add);
      target += outBytes;
      storeScaled(target, s10, v128.load32_splat(steps, 4), columnSteps, bias, add);
      storeScaled(target + 16, s11, v128.load32_splat(steps, 4), columnSteps + 16, bias + 16, add);
      target += outBytes;
      storeScaled(target, s20, v128.load32_splat(steps, 8), columnSteps, bias, add);
      storeScaled(target + 16, s21, v128.load32_splat(steps, 8), columnSteps + 16, bias + 16, add);
      target += outBytes;
      storeScaled(target, s30, v128.load32_splat(steps, 12), columnSteps, bias, add);
      storeScaled(target + 16, s31, v128.load32_splat(steps, 12), columnSteps + 16, bias + 16, add);
      target += outBytes;
      steps += 16;
    }
    out += 32;
    columnSteps += 32;
    bias += 32;
  }
}

/**
 * `out = a * b` of floats, for attention. Strides are in bytes.
 *
 * @param rows a multiple of 4
 * @param columns a multiple of 8
 */
function multiplyFloats(
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  out: usize,
  outStride: usize,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  for (let row = 0; row < rows; row += 4) {
    for (let column: usize = 0; column < <usize>columns << 2; column += 32) {
      let s00 = f32x4.splat(0);
      let s01 = f32x4.splat(0);
      let s10 = f32x4.splat(0);
      let s11 = f32x4.splat(0);
      let s20 = f32x4.splat(0);
      let s21 = f32x4.splat(0);
      let s30 = f32x4.splat(0);
      let s31 = f32x4.splat(0);
      let from = b + column;
      let row0 = a;
      let row1 = row0 + aStride;
      let row2 = row1 + aStride;
      let row3 = row2 + aStride;
      for (let k = 0; k < inner; k++) {
        const left = v128.load(from);
        const right = v128.load(from, 16);
        let value = v128.load32_splat(row0);
        s00 = f32x4.add(s00, f32x4.mul(value, left));
        s01 = f32x4.add(s01, f32x4.mul(value, right));
        value = v128.load32_splat(row1);
        s10 = f32x4.add(s10, f32x4.mul(value, left));
        s11 = f32x4.add(s11, f32x4.mul(value, right));
        value = v128.load32_splat(row2);
        s20 = f32x4.add(s20, f32x4.mul(value, left));
        s21 = f32x4.add(s21, f32x4.mul(value, right));
        value = v128.load32_splat(row3);
        s30 = f32x4.add(s30, f32x4.mul(value, left));
        s31 = f32x4.add(s31, f32x4.mul(value, right));
        from += bStride;
        row0 += 4;
        row1 += 4;
        row2 += 4;
        row3 += 4;
      }
      let target = out + column;
      v128.store(target, s00);
      v128.store(target, s01, 16);
      target += outStride;
      v128.store(target, s10);
      v128.store(target, s11, 16);
      target += outStride;
      v128.store(target, s20);
      v128.store(target, s21, 16);
      target += outStride;
      v128.store(target, s30);
      v128.store(target, s31, 16);
    }
    a += aStride << 2;
    out += outStride << 2;
  }
}

/** e to the power of x, for x <= 0, to about 1e-7. */
// @ts-ignore: decorator
@inline
function exp(x: v128): v128 {
  x = f32x4.max(x, f32x4.splat(-87));
  const power = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504)));
  let rest = f32x4.sub(x, f32x4.mul(power, f32x4.splat(0.693359375)));
  rest = f32x4.sub(rest, f32x4.mul(power, f32x4.splat(-2.12194440e-4)));
  let sum = f32x4.splat(1.9875691500e-4);
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.3981999507e-3));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(8.3334519073e-3));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(4.1665795894e-2));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.6666665459e-1));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(5.0000001201e-1));
  sum = f32x4.add(f32x4.add(f32x4.mul(sum, f32x4.mul(rest, rest)), rest), f32x4.splat(1));
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(power), i32x4.splat(127)), 23);
  return f32x4.mul(sum, exponent);
}

/** Softmax of the first `count` of `width` numbers (a multiple of 4) times `scale`; the rest become 0. */
function softmax(row: usize, count: i32, width: i32, scale: f32): void {
  for (let at = count; at < width; at++) f32.store(row + (<usize>at << 2), LOWEST);
  const end = row + (<usize>width << 2);
  let largest = f32x4.splat(LOWEST);
  for (let at = row; at < end; at += 16) largest = f32x4.max(largest, v128.load(at));
  const top = f32x4.splat(maxLanes(largest));
  const factor = f32x4.splat(scale);
  let sum = f32x4.splat(0);
  for (let at = row; at < end; at += 16) {
    const value = exp(f32x4.mul(f32x4.sub(v128.load(at), top), factor));
    sum = f32x4.add(sum, value);
    v128.store(at, value);
  }
  for (let at = count; at < width; at++) f32.store(row + (<usize>at << 2), 0);
  let total = sumLanes(sum);
  const inverse = f32x4.splat(<f32>1 / total);
  for (let at = row; at < end; at += 16) v128.store(at, f32x4.mul(v128.load(at), inverse));
}

/**
 * Multi-head attention over all tokens.
 *
 * @param qkv queries, keys and values [rows, 3 * width]
 * @param tokens the number of rows that are tokens
 * @param rows `tokens` rounded up to a multiple of 8
 * @param keys scratch [width / heads, rows]
 * @param weights scratch [rows, rows]
 * @param out [rows, width]
 */
export function attend(
  qkv: usize,
  tokens: i32,
  rows: i32,
  width: i32,
  heads: i32,
  keys: usize,
  weights: usize,
  out: usize,
): void {
  const headWidth = width / heads;
  const headBytes = <usize>headWidth << 2;
  const outStride = <usize>width << 2;
  const stride = outStride * 3;
  const rowsStride = <usize>rows << 2;
  const scale = <f32>1 / sqrt<f32>(<f32>headWidth);
  for (let head = 0; head < heads; head++) {
    const offset = <usize>head * headBytes;
    let from = qkv + outStride + offset;
    for (let row: usize = 0; row < rowsStride; row += 4) {
      let target = keys + row;
      for (let at: usize = 0; at < headBytes; at += 4) {
        f32.store(target, f32.load(from + at));
        target += rowsStride;
      }
      from += stride;
    }
    multiplyFloats(qkv + offset, stride, keys, rowsStride, weights, rowsStride, rows, headWidth, rows);
    for (let row = 0; row < rows; row++)
      softmax(weights + <usize>row * rowsStride, tokens, rows, scale);
    const values = qkv + outStride * 2 + offset;
    multiplyFloats(weights, rowsStride, values, stride, out + offset, outStride, rows, tokens, headWidth);
  }
}

/**
 * Lists the numbers of a row that are not zero after `relu`, rounded to 16-bit integers. There are few of them after the
 * first half of a feed-forward block.
 *
 * @param offsets where their rows of `multiplyRelu`'s `b` begin, in bytes from the start of a panel
 * @param values 16-bit integers
 * @param step filled with the value of 1
 * @returns how many there are, rounded up to a multiple of 2
 */
function listPositive(row: usize, width: i32, limit: f32, offsets: usize, values: usize, step: usize): i32 {
  let largest = f32x4.splat(TINY);
  for (let at = row; at < row + (<usize>width << 2); at += 16)
    largest = f32x4.max(largest, v128.load(at));
  const unit = maxLanes(largest) / limit;
  f32.store(step, unit);
  const factor = <f32>1 / unit;
  let count: usize = 0;
  for (let index: usize = 0; index < <usize>width; index++) {
    const value = f32.load(row + (index << 2));
    i32.store(offsets + (count << 2), <i32>(index << 3));
    i32.store16(values + (count << 1), <i32>(value * factor + <f32>0.5));
    count += <usize>(value > 0);
  }
  i32.store(offsets + (count << 2), 0);
  i32.store16(values + (count << 1), 0);
  return <i32>((count + 1) & ~1);
}

/**
 * `out += relu(x) * b + bias`, which skips the zeros.
 *
 * @param x [rows, inner]
 * @param limit the largest integer to use for `x`
 * @param b 8-bit integers in panels of 8 columns, small enough for the first cache: [columns / 8, inner, 8]
 * @param columnSteps the value of 1 in `b`
 * @param columns a multiple of 8
 * @param offsets scratch [rows, inner + 2] of 32-bit integers
 * @param values scratch [rows, inner + 2] of 16-bit integers
 * @param counts scratch [rows] of 32-bit integers
 * @param steps scratch [rows]
 * @param out [rows, columns]
 */
export function multiplyRelu(
  x: usize,
  rows: i32,
  inner: i32,
  limit: f32,
  b: usize,
  columnSteps: usize,
  bias: usize,
  columns: i32,
  offsets: usize,
  values: usize,
  counts: usize,
  steps: usize,
  out: usize,
): void {
  const stride = <usize>columns << 2;
  const listed = <usize>inner + 2;
  for (let row: usize = 0; row < <usize>rows; row++) {
    const count = listPositive(
      x + row * (<usize>inner << 2),
      inner,
      limit,
      offsets + row * (listed << 2),
      values + row * (listed << 1),
      steps + (row << 2),
    );
    i32.store(counts + (row << 2), count);
  }
  for (let column: usize = 0; column < stride; column += 32) {
    for (let row: usize = 0; row < <usize>rows; row++) {
      let offset = offsets + row * (listed << 2);
      let value = values + row * (listed << 1);
      const end = value + (<usize>i32.load(counts + (row << 2)) << 1);
      let left = i32x4.splat(0);
      let right = i32x4.splat(0);
      for (; value < end; value += 4, offset += 8) {
        const pair = v128.load32_splat(value);
        const first = v128.load8x8_s(b + <usize>i32.load(offset));
        const second = v128.load8x8_s(b + <usize>i32.load(offset, 4));
        left = i32x4.add(left, i32x4.dot_i16x8_s(pair, v128.shuffle<i16>(first, second, 0, 8, 1, 9, 2, 10, 3, 11)));
        right = i32x4.add(
          right,
          i32x4.dot_i16x8_s(pair, v128.shuffle<i16>(first, second, 4, 12, 5, 13, 6, 14, 7, 15)),
        );
      }
      const step = v128.load32_splat(steps + (row << 2));
      const target = out + row * stride + column;
      storeScaled(target, left, step, columnSteps + column, bias + column, true);
      storeScaled(target + 16, right, step, columnSteps + column + 16, bias + column + 16, true);
    }
    b += <usize>inner << 3;
  }
}

/**
 * The mean of the rows.
 *
 * @param relu whether negative numbers count as 0
 * @param width a multiple of 4
 */
export function average(x: usize, rows: i32, width: i32, relu: bool, out: usize): void {
  const bytes = <usize>width << 2;
  const least = f32x4.splat(relu ? 0 : LOWEST);
  const factor = f32x4.splat(<f32>1 / <f32>rows);
  for (let column: usize = 0; column < bytes; column += 16) {
    let sum = f32x4.splat(0);
    let at = x + column;
    for (let row = 0; row < rows; row++) {
      sum = f32x4.add(sum, f32x4.max(v128.load(at), least));
      at += bytes;
    }
    v128.store(out + column, f32x4.mul(sum, factor));
  }
}

/**
 * The dot products of a vector of 512 16-bit integers with rows of 512 signed bytes, as 32-bit integers. All pointers
 * are multiples of 16.
 */
export function dots(vector: usize, rows: usize, count: i32, out: usize): void {
  for (let row = 0; row < count; row++) {
    let sums = i32x4.splat(0);
    for (let at: usize = 0; at < 512; at += 16) {
      const bytes = v128.load(rows + at);
      const numbers = vector + (at << 1);
      sums = i32x4.add(sums, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(bytes), v128.load(numbers)));
      sums = i32x4.add(sums, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(bytes), v128.load(numbers, 16)));
    }
    const pairs = i32x4.add(sums, v128.shuffle<i32>(sums, sums, 2, 3, 0, 1));
    i32.store(out, i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1));
    rows += 512;
    out += 4;
  }
}
