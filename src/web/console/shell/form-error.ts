import { ProblemError } from '../api.js';

export interface FormError {
  /** The first invalid member of the request, or `form`. */
  readonly field: string;
  readonly text: string;
}

/** @param fields fields that show their own errors; other errors are shown at the end of the form */
export function toFormError(error: unknown, fields: readonly string[]): FormError {
  if (!(error instanceof ProblemError))
    return { field: 'form', text: 'The server does not answer. Nothing was changed; try again.' };
  const [first] = error.body.errors ?? [];
  if (!first) return { field: 'form', text: error.message };
  const field = first.pointer.split('/')[1] ?? '';
  if (!fields.includes(field)) return { field: 'form', text: first.message };
  // The server's message starts with the API name of the field. Replace it, because the message is shown below the
  // field.
  const text = first.message.startsWith(`${field} `)
    ? `It${first.message.slice(field.length)}`
    : first.message;
  return { field, text };
}
