import {
  COMMENTS_WITHOUT_STORY,
  insertFaultsSql,
} from '../../../../src/features/transfer/import/import-matching.js';
import { deleteStagedRowsSql } from '../../../../src/features/transfer/import/import.repository.js';

/** Variants of the functions that compose statements; see `composed-statements.spec.ts`. */
export const transferVariants: Readonly<Record<string, readonly string[]>> = {
  insertFaultsSql: [insertFaultsSql(COMMENTS_WITHOUT_STORY)],
  deleteStagedRowsSql: (['import_record', 'import_comment', 'import_reader', 'import_story'] as const).map(
    (table) => deleteStagedRowsSql(table, 0, 1_000),
  ),
};
