import type { Policy, PolicyPatch } from '../api-types.js';

type JsonObject = Record<string, unknown>;
const isTree = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function diffTrees(before: JsonObject, after: JsonObject): JsonObject {
  const patch: JsonObject = {};
  for (const [key, newValue] of Object.entries(after)) {
    const oldValue = before[key];
    if (JSON.stringify(oldValue) === JSON.stringify(newValue)) continue;
    patch[key] = isTree(oldValue) && isTree(newValue) ? diffTrees(oldValue, newValue) : newValue;
  }
  return patch;
}

/** The patch that turns one policy into another; empty if they are the same. */
export const patchBetween = (before: Policy, after: Policy): PolicyPatch => diffTrees(before, after);

function applyPatch(before: JsonObject, patch: JsonObject): JsonObject {
  const after = { ...before };
  for (const [key, newValue] of Object.entries(patch)) {
    const oldValue = before[key];
    after[key] = isTree(oldValue) && isTree(newValue) ? applyPatch(oldValue, newValue) : newValue;
  }
  return after;
}

/** The inverse of `patchBetween`: the policy with the patch applied. */
export const withPatch = (policy: Policy, patch: PolicyPatch): Policy => applyPatch(policy, patch) as Policy;

/** For example "1 change" or "3 changes". */
export const changesText = (patch: unknown): string => {
  const count = countOf(patch);
  return count === 1 ? '1 change' : `${count.toLocaleString()} changes`;
};

/** The number of members that a patch changes. */
export function countOf(patch: unknown): number {
  return isTree(patch) ? Object.values(patch).reduce((sum: number, value) => sum + countOf(value), 0) : 1;
}

/** Splits a text into lines, without duplicates and empty lines. */
export const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

/**
 * Parses a threshold: a number from 0 to 1, or null for an empty field (never); undefined if the input is neither.
 */
export function thresholdOf(typed: string): number | null | undefined {
  if (typed.trim() === '') return null;
  const value = Number(typed.replace(',', '.'));
  return Number.isFinite(value) && value >= 0 && value <= 1 ? value : undefined;
}
