import {
  COMMENTS_WITHOUT_PARENT,
  COMMENTS_WITHOUT_STORY,
  commentsWithoutAuthorSql,
  CREATE_TREE,
  createBaseSql,
  createNodesSql,
  CYCLIC_COMMENTS,
  DUPLICATE_COMMENTS,
  insertFaultsSql,
} from '../../../../src/features/transfer/import/import-matching.js';
import {
  deleteStagedRowsSql,
  type SiteImportId,
} from '../../../../src/features/transfer/import/import.repository.js';
import type { SiteId } from '../../../../src/platform/ids.js';

const ID = '0196f000-0000-7000-8000-000000000000';

/** Creates the temporary tables that the statements of an import read, in order. */
export const createTemporaryTables: readonly string[] = [
  createBaseSql(ID as SiteId, ID as SiteImportId),
  createNodesSql(ID as SiteId, ID as SiteImportId, ID),
  CREATE_TREE,
];

/** Variants of the functions that compose statements; see `composed-statements.spec.ts`. */
export const transferVariants: Readonly<Record<string, readonly string[]>> = {
  commentsWithoutAuthorSql: [commentsWithoutAuthorSql(ID)],
  insertFaultsSql: [
    COMMENTS_WITHOUT_STORY,
    DUPLICATE_COMMENTS,
    commentsWithoutAuthorSql(ID),
    COMMENTS_WITHOUT_PARENT,
    CYCLIC_COMMENTS,
  ].map(insertFaultsSql),
  deleteStagedRowsSql: (['import_record', 'import_comment', 'import_reader', 'import_story'] as const).map(
    (table) => deleteStagedRowsSql(table, 0, 1_000),
  ),
};
