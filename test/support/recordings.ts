import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../contract/recorded');

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
// Dates as error messages write them.
const DAY = /\b\d{1,2} [A-Z][a-z]+ \d{4}\b/g;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;

/** Members that vary, with their replacements. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  // Scores depend on the model.
  scores: '<scores>',
  next: '<cursor>',
};

/** Replaces values that differ between runs with placeholders. */
export function withoutVariableParts(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replace(UUID, '<id>').replace(INSTANT, '<time>').replace(DAY, '<day>');
  if (Array.isArray(value)) return value.map(withoutVariableParts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      member !== null && name in PLACEHOLDERS ? PLACEHOLDERS[name] : withoutVariableParts(member),
    ]),
  );
}

/**
 * Compares the value with `test/contract/recorded/NAME.json`. With `RECORD=1`, it writes the file instead. Users may rely
 * on the recorded values, so a change needs a line in the CHANGELOG.
 */
export function expectRecorded(name: string, value: unknown): void {
  const path = join(FOLDER, `${name}.json`);
  const actual: unknown = JSON.parse(JSON.stringify(value));
  if (process.env['RECORD'] === '1') {
    writeFileSync(path, `${JSON.stringify(actual, null, 2)}\n`);
    return;
  }
  if (!existsSync(path)) throw new Error(`${name} was never recorded: run its spec with RECORD=1`);
  expect(actual).toEqual(JSON.parse(readFileSync(path, 'utf8')));
}
