import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { EVENT_DESCRIPTIONS } from '../../src/features/webhooks/event-schemas.js';
import { EVENT_TYPES } from '../../src/features/webhooks/event-types.js';
import type { Description, Schema } from '../support/api-description.js';
import { schemaFaultsOf } from '../support/schema-faults.js';

const DOCS = join(import.meta.dirname, '../../docs/webhooks.md');
const RECORDED = join(import.meta.dirname, 'recorded/webhooks.json');
const [BEGIN, END] = ['<!-- examples -->', '<!-- end of examples -->'];

/** These schemas have no references. */
const noReferences = { resolve: <T>(node: T): T => node } as unknown as Description;
const faults = (value: unknown, type: string): string[] =>
  schemaFaultsOf(
    value,
    EVENT_DESCRIPTIONS.find((each) => each.type === type)?.schema as Schema,
    noReferences,
  );

/** Replaces the placeholders in a recorded body with valid values. */
const withValues = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll('"<scores>"', '{"toxicity":{"value":0.1,"spans":[[0,4]]}}')
      .replaceAll('<id>', '01997f3a-5c1e-7d20-9b0e-3f6a2c8d4e10')
      .replaceAll('<time>', '2026-11-24T09:30:00.000Z'),
  ) as unknown;

const section = EVENT_DESCRIPTIONS.map(({ type, version, about, example }) =>
  [
    `### \`${type}\` (version ${version})`,
    '',
    about,
    '',
    '```json',
    JSON.stringify(example, null, 2),
    '```',
  ].join('\n'),
).join('\n\n');

describe('the event documentation', () => {
  it('matches every recorded body', () => {
    const recorded = JSON.parse(readFileSync(RECORDED, 'utf8')) as Record<string, Record<string, unknown>>;
    for (const [type, bodies] of Object.entries(recorded)) {
      for (const body of Object.values(bodies))
        expect([type, faults(withValues(body), type)]).toEqual([type, []]);
    }
  });

  it('has an example of every event type that matches its schema', () => {
    expect(EVENT_DESCRIPTIONS.map(({ type }) => type)).toEqual([...EVENT_TYPES]);
    for (const { type, example } of EVENT_DESCRIPTIONS)
      expect([type, faults(example, type)]).toEqual([type, []]);
    const page = readFileSync(DOCS, 'utf8');
    const [before, rest = ''] = page.split(BEGIN);
    const [, after = ''] = rest.split(END);
    const expectedPage = `${before}${BEGIN}\n\n${section}\n\n${END}${after}`;
    if (process.env['RECORD'] === '1') writeFileSync(DOCS, expectedPage);
    else expect(page).toBe(expectedPage);
  });
});
