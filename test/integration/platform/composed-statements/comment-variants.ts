import { overlaySql } from '../../../../src/features/comments/viewer-overlay.view.js';
import { picksSql, repliesSql, SORTS, threadPageSql } from '../../../../src/features/comments/thread.view.js';
import { changeReactionSql } from '../../../../src/features/reactions/reaction.repository.js';

/** Variants of the functions that compose statements; see `composed-statements.spec.ts`. */
export const commentVariants: Readonly<Record<string, readonly string[]>> = {
  overlaySql: [overlaySql(false), overlaySql(true)],
  threadPageSql: [
    ...SORTS.flatMap((sort) => [threadPageSql(sort, true), threadPageSql(sort, false)]),
    threadPageSql('pinned', false),
  ],
  picksSql: [picksSql(true), picksSql(false)],
  repliesSql: [true, false].flatMap((isRoot) => [repliesSql(isRoot, true), repliesSql(isRoot, false)]),
  changeReactionSql: [changeReactionSql('add'), changeReactionSql('remove')],
};
