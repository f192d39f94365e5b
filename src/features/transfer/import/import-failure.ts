import { isDatabaseUnavailable } from '../../../platform/database/database-unavailable.js';
import { BadImportFile } from './import-format.js';
import type { ImportFailure, ImportStep } from './import.repository.js';

/** SQLSTATE classes (PostgreSQL's appendix A) for data that cannot be stored and for constraint violations. */
const DATA_ERROR = /^2[23]...$/;

/** The database is unavailable, overloaded or too slow. The import's position is stored, so it can continue later. */
export class ImportWaiting extends Error {
  override readonly name = 'ImportWaiting';

  constructor(override readonly cause: unknown) {
    super(
      `The import is waiting for the database: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

/**
 * Describes the error that ended an import. Details are only in the log, because PostgreSQL's messages quote rows, which
 * contain texts and email addresses of readers.
 */
export function failureOf(error: unknown, step: ImportStep): ImportFailure {
  if (error instanceof BadImportFile) return { code: error.code, message: error.message };
  const { code, table, constraint } = (error ?? {}) as Record<string, unknown>;
  const isSql = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);
  const description = isSql
    ? `SQLSTATE ${code}${typeof constraint === 'string' ? `, constraint ${constraint} of ${String(table)}` : ''}`
    : error instanceof Error
      ? error.name
      : 'unknown error';
  const consequence = ['read', 'match'].includes(step)
    ? 'Nothing was written.'
    : 'Everything imported so far is kept. Fix the cause and import the same file again to add the rest.';
  return isSql && DATA_ERROR.test(code)
    ? {
        code: 'bad-data',
        message: `The database rejected data from the file in the step "${step}" (${description}). The server log has details. ${consequence}`,
      }
    : {
        code: 'internal-error',
        message: `An unexpected error ended the import in the step "${step}" (${description}). The server log has details. ${consequence}`,
      };
}

/** Why a running import makes no progress. */
export function waitingText(error: unknown): string {
  const cause = error instanceof ImportWaiting ? error.cause : error;
  const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown };
  if (error instanceof ImportWaiting || isDatabaseUnavailable(error))
    return `The import is waiting for the database (${typeof code === 'string' ? code : String(message)}).`;
  return `The import's worker stopped before it finished (${String(message)}).`;
}
