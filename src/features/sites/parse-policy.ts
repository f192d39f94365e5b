import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { invalid } from '../../platform/http/problem.js';
import { LABELS } from './labels.js';
import { completePolicy, OPEN_ACTIONS, type PartialPolicy, type Policy } from './policy.js';
import { PolicyPatch, StoryPolicyPatch } from './policy.dto.js';

/** One fault of a policy; `pointer` is a JSON pointer from the policy's root. */
export interface PolicyFault {
  pointer: string;
  code: string;
  message: string;
}

/** A stored policy that no rule of ours would have let through: a fault of ours or of who wrote to the database. */
export class InvalidPolicyError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`stored policy is not valid: ${faults.join('; ')}`);
  }
}

/** What is wrong between the members of a complete policy; none when it can be stored. */
export function findPolicyFaults(policy: Policy): PolicyFault[] {
  const faults: PolicyFault[] = [];
  for (const label of LABELS) {
    const { hold, reject } = policy.moderation.thresholds[label];
    if (hold !== null && reject !== null && hold > reject) {
      faults.push({
        pointer: `/moderation/thresholds/${label}/hold`,
        code: 'hold-above-reject',
        message: `The threshold of ${label} to hold (${hold}) must not be above the one to reject (${reject}).`,
      });
    }
  }
  if (policy.body.minChars > policy.body.maxChars) {
    faults.push({
      pointer: '/body/minChars',
      code: 'min-above-max',
      message: `minChars (${policy.body.minChars}) must not be above maxChars (${policy.body.maxChars}).`,
    });
  }
  for (const [key, { maxChars }] of Object.entries(policy.tiers)) {
    if (maxChars === undefined || maxChars >= policy.body.minChars) continue;
    faults.push({
      pointer: `/tiers/${key}/maxChars`,
      code: 'min-above-max',
      message: `minChars (${policy.body.minChars}) must not be above the maxChars of ${key} (${maxChars}).`,
    });
  }
  for (const [name, list] of [
    ['reactions', policy.reactions],
    ['reasons', policy.reasons.map(({ code }) => code)],
  ] as const) {
    if (new Set(list).size < list.length) {
      faults.push({ pointer: `/${name}`, code: 'not-unique', message: `Two of the ${name} are the same.` });
    }
  }
  return faults;
}

/**
 * A policy to be stored or tried out, complete.
 *
 * @param root of the pointers, where the policy is a member of the body
 * @throws Problem 400 naming what contradicts itself
 */
export function checkedPolicy(own: PartialPolicy, root = ''): Policy {
  const complete = completePolicy(own);
  const faults = findPolicyFaults(complete);
  if (faults.length > 0) throw invalid(faults.map((fault) => ({ ...fault, pointer: root + fault.pointer })));
  return complete;
}

/** Before it was refused, `anyone` could be stored for what takes an author, and meant whoever signs in. */
export function closeWritingToAnyone<T extends object>(stored: T): T {
  const { gate } = stored as { gate?: unknown };
  if (typeof gate !== 'object' || gate === null) return stored;
  const rules: [string, unknown][] = Object.entries(gate).map(([action, rule]) => [
    action,
    rule === 'anyone' && !(OPEN_ACTIONS as readonly string[]).includes(action) ? 'signed-in' : rule,
  ]);
  return { ...stored, gate: Object.fromEntries(rules) };
}

function check(type: new () => object, stored: unknown): PartialPolicy {
  if (stored === null || stored === undefined) return {};
  if (typeof stored !== 'object' || Array.isArray(stored)) throw new InvalidPolicyError(['not an object']);
  const instance = plainToInstance(type, closeWritingToAnyone(stored));
  // Fields that a later version of ours wrote are dropped, so that one can go back.
  const errors = validateSync(instance, { whitelist: true, forbidUnknownValues: false });
  if (errors.length > 0)
    throw new InvalidPolicyError(errors.map((error) => error.toString(false, false, '', true).trim()));
  return instance;
}

/**
 * The policy that counts: stored parts checked and laid over the defaults.
 *
 * @param site what the site stored (sparse or complete); null or undefined: nothing
 * @param over what overrides and the story say otherwise, the later over the earlier
 * @throws {InvalidPolicyError} when a part breaks the schema or the parts contradict each other
 */
export function parsePolicy(site: unknown, ...over: readonly unknown[]): Policy {
  const policy = completePolicy(
    check(PolicyPatch, site),
    ...over.map((layer) => check(StoryPolicyPatch, layer)),
  );
  const faults = findPolicyFaults(policy);
  if (faults.length > 0) throw new InvalidPolicyError(faults.map(({ message }) => message));
  return policy;
}
