import { newId } from '../../../platform/ids.js';
import { exactHistory } from './exact-history.js';
import {
  reconstructHistory,
  type HistoryInput,
  type PastDecision,
  type PastState,
} from './decision-history.js';
import type { ExactComment, FlagRecord, ImportedStatus } from './records.js';
import type { SourceRefs } from './source-refs.js';

/** A comment to write, with the IDs that it, its author and its parent have on this site. */
export interface PlannedComment {
  readonly ref: string;
  readonly level: number;
  readonly id: string;
  readonly status: ImportedStatus;
  readonly storyId: string;
  readonly authorId: string;
  readonly answersId: string | null;
  readonly topId: string | null;
  /** Number of published replies at any depth that the import adds. */
  readonly replies: number;
}

type SourceDecision = HistoryInput['decisions'][number];

/**
 * One document of the file that concerns a comment. If two documents describe the same thing, the first one is used.
 */
export type CommentSource = {
  readonly ref: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The reader who reacted or flagged; null in other documents and for erased readers. */
  readonly readerId: string | null;
  /** The name of the person who decided. */
  readonly name: string | null;
  /** Whether the person who decided was erased on this site, so that their name must not be used. */
  readonly isModeratorErased: boolean;
} & (
  | {
      readonly kind: 'comment';
      readonly doc: {
        ext: string;
        featuredAt: string | null;
        revs: [id: string, at: number][];
        exact?: ExactComment;
      };
    }
  | { readonly kind: 'reaction'; readonly doc: { kind?: string } }
  | {
      readonly kind: 'flag';
      readonly doc: Pick<FlagRecord, 'reason' | 'detail' | 'exact'> & { closed: boolean };
    }
  | { readonly kind: 'detection'; readonly doc: HistoryInput['detections'][number] }
  | { readonly kind: 'decision'; readonly doc: Omit<SourceDecision, 'at'> }
);

type Source<Kind extends CommentSource['kind']> = Extract<CommentSource, { kind: Kind }>;

/** The rows of a batch, in the form that the insert statements read. */
export interface CommentRows {
  readonly comments: object[];
  readonly revisions: { readonly ref: string; readonly id: string; readonly empty: boolean }[];
  readonly decisions: object[];
  readonly reactions: object[];
  readonly flags: object[];
  readonly externalIds: object[];
}

interface ImportedDecision extends Omit<PastDecision, 'at'> {
  readonly ref: string;
  readonly at: string;
  readonly atMs: number;
}

export interface RowOptions {
  readonly refs: SourceRefs;
  /** The site's reason codes; any other reason becomes `other`. */
  readonly reasons: ReadonlySet<string>;
  /** The site's reaction kinds. Reactions of sources that have no kinds become the first one. */
  readonly reactionKinds: readonly string[];
}

/** Builds the rows for some comments from everything the file contains about them. */
export function commentRows(
  comments: readonly PlannedComment[],
  sources: readonly CommentSource[],
  options: RowOptions,
): CommentRows {
  const rows: CommentRows = {
    comments: [],
    revisions: [],
    decisions: [],
    reactions: [],
    flags: [],
    externalIds: [],
  };
  const byComment = new Map<string, CommentSource[]>(comments.map(({ ref }) => [ref, []]));
  for (const source of sources) byComment.get(source.ref)!.push(source);
  for (const comment of comments) addRows(rows, comment, byComment.get(comment.ref)!, options);
  return rows;
}

function addRows(
  rows: CommentRows,
  comment: PlannedComment,
  sources: readonly CommentSource[],
  { refs, reasons, reactionKinds }: RowOptions,
): void {
  const { ref, id } = comment;
  const [source] = ofKind(sources, 'comment');
  const { ext, revs, featuredAt, exact } = source.doc;
  const common = {
    id,
    story: comment.storyId,
    parent: comment.answersId,
    root: comment.topId,
    author: comment.authorId,
    replies: comment.replies,
    at: isoOf(source.at),
    revision: Math.max(1, revs.length),
  };
  const exactFields = exact && {
    shownRevision: exact.shownRevision,
    publishedAt: exact.publishedAt,
    escalated: exact.escalated,
    authorTier: exact.authorTier,
    language: exact.language,
    pageLanguage: exact.pageLanguage,
  };
  const sourceDecisions = firstOfEach(ofKind(sources, 'decision'), ({ doc }) => doc.id);
  const addDecisions = (state: PastState): ImportedDecision[] => {
    const decisions = state.decisions.map((decision): ImportedDecision => ({
      ...decision,
      ref: refs.decision(ext, decision.source),
      at: isoOf(decision.at),
      atMs: decision.at,
    }));
    for (const { by, reason, ...decision } of decisions) {
      const sourceDecision = sourceDecisions.get(decision.source);
      rows.decisions.push({
        ...decision,
        by,
        comment: id,
        reason: toSiteReason(reason),
        name: by === null || sourceDecision?.isModeratorErased ? null : (sourceDecision?.name ?? by),
      });
    }
    return decisions;
  };
  const toSiteReason = (reason: string | null): string | null =>
    reason === null || reasons.has(reason) ? reason : reasons.has('other') ? 'other' : null;
  const pastDecisions = [...sourceDecisions.values()].map(({ doc, at }) => ({ ...doc, at }));

  rows.externalIds.push({ ext, id });
  rows.revisions.push({ ref, id, empty: comment.status === 'deleted' });
  // Deleted in the source, or its author was erased after the file was read.
  if (comment.status === 'deleted') {
    const wasDeleted = exact?.status === 'deleted';
    const row = { ...common, status: 'deleted', reactions: {}, reacted: 0, flags: 0 };
    rows.comments.push(wasDeleted ? { ...row, ...exactFields } : row);
    if (wasDeleted) addDecisions(exactHistory(exact, common.revision, pastDecisions, source.at));
    return;
  }

  const state = exact
    ? exactHistory(exact, common.revision, pastDecisions, revs[revs.length - 1][1])
    : reconstructHistory({
        status: comment.status,
        revisions: revs.map(([revision, at]) => ({ id: revision, at })),
        decisions: pastDecisions,
        detections: ofKind(sources, 'detection').map(({ doc }) => doc),
      });
  const decisions = addDecisions(state);

  const reactions = reactionsOf(ofKind(sources, 'reaction'), reactionKinds);
  const reactionCounts: Record<string, number> = {};
  for (const { readerId, kind, at } of reactions) {
    rows.reactions.push({ comment: id, reader: readerId, kind, at: isoOf(at) });
    reactionCounts[kind] = (reactionCounts[kind] ?? 0) + 1;
  }

  const flags = flagsOf(ofKind(sources, 'flag'), state.status, decisions);
  for (const flag of flags) rows.flags.push({ ...flag, comment: id, id: newId(flag.atMs) });
  const openFlags = flags.filter(({ closedAt }) => closedAt === null).map(({ atMs }) => atMs);

  const lastRevisedAt = revs[revs.length - 1][1];
  const waitingSince =
    state.status === 'held' ? lastRevisedAt : openFlags.length > 0 ? Math.min(...openFlags) : null;
  rows.comments.push({
    ...common,
    status: state.status,
    shown: state.wasShown,
    reactions: reactionCounts,
    reacted: reactions.length,
    flags: openFlags.length,
    waiting: exact?.waitingSince ?? (waitingSince === null ? null : isoOf(waitingSince)),
    reason: toSiteReason(state.reason),
    explanation: state.explanation,
    picked: state.status === 'published' ? featuredAt : null,
    ...exactFields,
    pinnedAt: state.status === 'published' ? exact?.pinnedAt : null,
  });
}

const isoOf = (ms: number): string => new Date(ms).toISOString();

const ofKind = <Kind extends CommentSource['kind']>(
  sources: readonly CommentSource[],
  kind: Kind,
): Source<Kind>[] => sources.filter((source): source is Source<Kind> => source.kind === kind);

function firstOfEach<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T> {
  const first = new Map<string, T>();
  for (const item of items) if (!first.has(keyOf(item))) first.set(keyOf(item), item);
  return first;
}

const byTime = (one: { at: number }, other: { at: number }): number => one.at - other.at;

/** Keeps the oldest reaction of each reader and kind, of the kinds that the site has. */
function reactionsOf(reactions: readonly Source<'reaction'>[], kinds: readonly string[]) {
  const ofReaders = reactions
    .filter(({ readerId }) => readerId !== null)
    .sort(byTime)
    .map(({ readerId, at, doc }) => ({ readerId: readerId!, at, kind: doc.kind ?? kinds[0] }))
    .filter(({ kind }) => kinds.includes(kind));
  return [...firstOfEach(ofReaders, ({ readerId, kind }) => `${readerId} ${kind}`).values()];
}

/**
 * Keeps one flag per reader: an open report of illegal content if there is one, otherwise a flag that is open in the
 * source, otherwise the first one. A flag is closed by the first later decision of a person, and if the comment is
 * rejected or removed.
 */
function flagsOf(flags: readonly Source<'flag'>[], status: string, decisions: readonly ImportedDecision[]) {
  const byReader = new Map<string, SettledFlag[]>();
  for (const { readerId, doc, at } of flags.filter((each) => each.readerId !== null).sort(byTime)) {
    const closingDecision = decisions.find((decision) =>
      doc.exact ? decision.source === doc.exact.closedBy : decision.by !== null && decision.atMs >= at,
    );
    const isClosed = doc.exact
      ? doc.exact.closedAt !== null
      : doc.closed || closingDecision !== undefined || !['published', 'held'].includes(status);
    const earlierFlags = byReader.get(readerId!) ?? [];
    byReader.set(readerId!, [...earlierFlags, { doc, at, closingDecision, isClosed }]);
  }
  return [...byReader].map(([reader, readerFlags]) => {
    const illegal = readerFlags.filter(({ doc }) => doc.reason === 'illegal');
    const openIllegal = illegal.find(({ isClosed }) => !isClosed);
    const selectedFlag = openIllegal ?? readerFlags.find(({ doc }) => !doc.closed) ?? readerFlags[0];
    // The reason is taken from a report of illegal content even if a different flag is selected.
    const reasonFlag = openIllegal ?? illegal[0] ?? selectedFlag;
    const { at, closingDecision, isClosed } = selectedFlag;
    return {
      reader,
      reason: reasonFlag.doc.reason,
      detail: reasonFlag.doc.detail,
      at: isoOf(at),
      atMs: at,
      closedAt: isClosed ? (selectedFlag.doc.exact?.closedAt ?? closingDecision?.at ?? isoOf(at)) : null,
      closedBy: closingDecision?.ref ?? null,
      closedByAt: closingDecision?.at ?? null,
    };
  });
}

interface SettledFlag extends Pick<Source<'flag'>, 'doc' | 'at'> {
  /** The decision that closed the flag, if any. */
  readonly closingDecision: ImportedDecision | undefined;
  readonly isClosed: boolean;
}
