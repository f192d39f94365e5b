import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadApiDescription, type Operation, type Schema } from '../support/api-description.js';
import { expectRecorded } from '../support/recordings.js';
import { tempFolder } from '../support/temp-folder.js';

const api = await loadApiDescription();

/** Summarizes a schema in one line, without its descriptions. */
function digest(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1)!;
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants) return variants.map(digest).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const type = [schema.type ?? 'any'].flat().join(' | ');
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.items) return `${type} of ${digest(schema.items)}`;
  if (schema.properties) return `{${membersOf(schema).join(', ')}}`;
  if (typeof schema.additionalProperties === 'object') return `map of ${digest(schema.additionalProperties)}`;
  return schema.format ? `${type} (${schema.format})` : type;
}

const membersOf = ({ properties = {}, required = [] }: Schema): string[] =>
  Object.entries(properties)
    .map(([name, member]) => `${name}${required.includes(name) ? '' : '?'}: ${digest(member)}`)
    .sort();

function digestOf({ operationId, parameters, security, body, responses }: Operation): object {
  const answers = Object.entries(responses).flatMap(([status, response]) => {
    const content = Object.entries(response.content ?? {}).map(
      ([type, { schema }]) => `${type}: ${digest(schema)}`,
    );
    return /^[23]/.test(status) ? [[status, content.join(', ') || 'nothing']] : [];
  });
  return {
    operationId,
    ways: security.map(
      (scheme) => Object.entries(scheme).map((each) => each.flat().join(' '))[0] ?? 'nobody',
    ),
    parameters: parameters.map(
      ({ name, in: where, required = false, schema }) =>
        `${where} ${name}${required ? '' : '?'}: ${digest(schema)}`,
    ),
    ...(body ? { body: digest(body) } : {}),
    answers: Object.fromEntries(answers) as object,
    refusals: Object.keys(responses)
      .filter((status) => /^4/.test(status))
      .join(' '),
  };
}

describe('the OpenAPI document', () => {
  it('matches the recorded API', () => {
    const schemas = api.document.components!.schemas as Record<string, Schema>;
    expectRecorded('openapi', {
      operations: Object.fromEntries(
        [...api.operations, ...api.foreign].map((operation) => [
          `${operation.method} ${operation.path}`,
          digestOf(operation),
        ]),
      ),
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => [
          name,
          schema.properties ? membersOf(schema) : digest(schema),
        ]),
      ),
    });
  });

  it('names every operation once, with a summary and a described tag', () => {
    const operations = [...api.operations, ...api.foreign];
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    const tags = new Set(api.document.tags!.map(({ name }) => name));
    const undocumented = operations.filter(
      ({ summary, tags: own }) => !summary || own.length !== 1 || !tags.has(own[0]),
    );
    expect(undocumented.map(({ operationId }) => operationId)).toEqual([]);
  });

  it('describes every parameter, response and error of every operation', () => {
    for (const { operationId, path, parameters, responses, method } of api.operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect([operationId, parameters.filter((each) => each.in === 'path').map(({ name }) => name)]).toEqual([
        operationId,
        inPath,
      ]);
      const undescribed = parameters.filter((each) => !('description' in each)).map(({ name }) => name);
      expect([operationId, undescribed]).toEqual([operationId, []]);
      const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      expect([operationId, good.length]).toEqual([operationId, 1]);
      const [status, { content }] = good[0];
      expect([operationId, content === undefined]).toEqual([operationId, status === '204']);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '401', '429', 'default']));
      if (method !== 'GET') expect(Object.keys(responses)).toEqual(expect.arrayContaining(['409', '422']));
    }
  });

  it('has a GET operation for every PUT operation', () => {
    const names = new Set(api.operations.map(({ method, path }) => `${method} ${path}`));
    const withoutGet = api.operations.filter(
      ({ method, path }) => method === 'PUT' && !names.has(`GET ${path}`),
    );
    expect(withoutGet.map(({ path }) => path)).toEqual([]);
  });

  it('has no two DTO classes with the same name, because one would replace the other in the document', () => {
    const source = join(import.meta.dirname, '../../src');
    const names = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.dto.ts'))
      .flatMap((path) =>
        [...readFileSync(join(source, path), 'utf8').matchAll(/^export class (\w+)/gm)].map(
          ([, name]) => name,
        ),
      );
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('resolves every reference and contains no internal paths', () => {
    const refs = [...JSON.stringify(api.document).matchAll(/"\$ref":"(#[^"]+)"/g)].map(([, ref]) => ref);
    for (const ref of new Set(refs)) expect(api.resolve({ $ref: ref })).toBeDefined();
    const foreign = Object.keys(api.document.paths).filter((path) => !/^\/(api\/v1|v1alpha1)\//.test(path));
    expect(foreign).toEqual([]);
  });

  it('is the source of the generated browser types', async () => {
    const folder = tempFolder();
    const path = join(folder.path, 'openapi.json');
    writeFileSync(path, JSON.stringify(api.document));
    const check = spawn(process.execPath, ['scripts/generate-types.mjs', '--check', '--document', path], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let text = '';
    check.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const [code] = (await once(check, 'close')) as [number];
    folder.remove();
    expect([code, text]).toEqual([0, '']);
  });
});
