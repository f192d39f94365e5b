import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { invalid } from '../../platform/http/problem.js';
import { LABELS } from './labels.js';
import { completePolicy, OPEN_ACTIONS, type PartialPolicy, type Policy } from './policy.js';
import { PolicyPatch, StoryPolicyPatch } from './policy.dto.js';

/** A problem in a policy. `pointer` is a JSON pointer from the policy's root. */
export interface PolicyFault {
  pointer: string;
  code: string;
  message: string;
}

/** A stored policy is invalid because of a bug or a direct write to the database. */
export class InvalidPolicyError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`stored policy is not valid: ${faults.join('; ')}`);
  }
}

/** Checks a complete policy for settings that contradict each other. Returns an empty list if there are none. */
export function findPolicyFaults(policy: Policy): PolicyFault[] {
  const faults: PolicyFault[] = [];
  for (const label of LABELS) {
    const { hold, reject } = policy.moderation.thresholds[label];
    if (hold !== null && reject !== null && hold > reject) {
      faults.push({
        pointer: `/moderation/thresholds/${label}/hold`,
        code: 'hold-above-reject',
        message: `The hold threshold of ${label} (${hold}) must not be above its reject threshold (${reject}).`,
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
      faults.push({
        pointer: `/${name}`,
        code: 'not-unique',
        message: `Two entries in ${name} are the same.`,
      });
    }
  }
  return faults;
}

/**
 * Checks the settings of a story or an override.
 *
 * @param site the site's complete policy
 */
export function findStoryPolicyFaults(site: Policy, policy: PartialPolicy): PolicyFault[] {
  const uses = Object.entries(policy.moderation?.languageModels ?? {});
  return [
    ...findPolicyFaults(completePolicy(site, policy)),
    ...uses.flatMap(([language, use]) =>
      use === 'publish'
        ? [
            {
              pointer: `/moderation/languageModels/${language}`,
              code: 'site-only',
              message: 'Only the policy of the whole site can let a language’s model publish comments.',
            },
          ]
        : [],
    ),
    ...(policy.moderation?.publishBelow
      ? [
          {
            pointer: '/moderation/publishBelow',
            code: 'site-only',
            message: 'publishBelow is measured by the server and cannot be set.',
          },
        ]
      : []),
  ];
}

/**
 * Completes a policy and checks it before it is stored or simulated.
 *
 * @param root prefix of the pointers, if the policy is a member of the request body
 * @throws Problem 400 that lists the contradictions
 */
export function checkedPolicy(policy: PartialPolicy, root = ''): Policy {
  const complete = completePolicy(policy);
  const faults = findPolicyFaults(complete);
  if (faults.length > 0) throw invalid(faults.map((fault) => ({ ...fault, pointer: root + fault.pointer })));
  return complete;
}

/**
 * Converts stored gate rules of older versions. These accepted `anyone` for actions that need an author, and treated it
 * as `signed-in`.
 */
export function convertLegacyAnyoneRules<T extends object>(stored: T): T {
  const { gate } = stored as { gate?: unknown };
  if (typeof gate !== 'object' || gate === null) return stored;
  const rules: [string, unknown][] = Object.entries(gate).map(([action, rule]) => [
    action,
    rule === 'anyone' && !(OPEN_ACTIONS as readonly string[]).includes(action) ? 'signed-in' : rule,
  ]);
  return { ...stored, gate: Object.fromEntries(rules) };
}

function validateStored(type: new () => object, stored: unknown): PartialPolicy {
  if (stored === null || stored === undefined) return {};
  if (typeof stored !== 'object' || Array.isArray(stored)) throw new InvalidPolicyError(['not an object']);
  const instance = plainToInstance(type, convertLegacyAnyoneRules(stored));
  // Fields written by a later version are dropped, so that a downgrade is possible.
  const errors = validateSync(instance, { whitelist: true, forbidUnknownValues: false });
  if (errors.length > 0)
    throw new InvalidPolicyError(errors.map((error) => error.toString(false, false, '', true).trim()));
  return instance;
}

/**
 * Builds the effective policy: validates the stored parts and applies them to the defaults.
 *
 * @param site the stored site policy (sparse or complete); null or undefined: nothing stored
 * @param storyPolicies settings of overrides and the story; later ones take precedence
 * @throws {InvalidPolicyError} if a part violates the schema or the parts contradict each other
 */
export function parsePolicy(site: unknown, ...storyPolicies: readonly unknown[]): Policy {
  const policy = completePolicy(
    validateStored(PolicyPatch, site),
    ...storyPolicies.map((layer) => validateStored(StoryPolicyPatch, layer)),
  );
  const faults = findPolicyFaults(policy);
  if (faults.length > 0) throw new InvalidPolicyError(faults.map(({ message }) => message));
  return policy;
}
