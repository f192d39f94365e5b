import { ProblemError } from '../api.js';

export interface FormError {
  /** The first member of the request that is wrong, or `form`. */
  readonly field: string;
  readonly text: string;
}

/** @param fields those with a place of their own on the form; the rest is said below it */
export function toFormError(error: unknown, fields: readonly string[]): FormError {
  if (!(error instanceof ProblemError))
    return { field: 'form', text: 'The server does not answer. Nothing was changed; try again.' };
  const [first] = error.body.errors ?? [];
  if (!first) return { field: 'form', text: error.message };
  const field = first.pointer.split('/')[1] ?? '';
  if (!fields.includes(field)) return { field: 'form', text: first.message };
  // The server calls a member by its name in the API; here it stands below its own.
  const text = first.message.startsWith(`${field} `)
    ? `It${first.message.slice(field.length)}`
    : first.message;
  return { field, text };
}
