import { MAX_BODY_BYTES, tidyBody } from '../../../comments/body.js';
import type { CommentStatus } from '../../../comments/comment-status.js';
import {
  EXPORTED_ACTIONS,
  EXPORTED_STANDINGS,
  type CommentLine,
  type DecisionLine,
  type EntitlementLine,
  type ExportLine,
  type FlagLine,
  type ReaderLine,
  type ReactionLine,
  type SiteLine,
  type StoryLine,
} from '../../site-records.js';
import { timeOf } from '../coral/extended-json.js';
import type { FlagRecord, ImportedStatus, ImportRecord, SanctionRecord } from '../records.js';

/** A line that cannot be imported. The message names the member. */
export class BadLine extends Error {
  override readonly name = 'BadLine';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** An export has one site, so all its stories belong to the same group. */
const GROUP = 'export';
const STATUSES: readonly CommentStatus[] = ['pending', 'published', 'held', 'rejected', 'removed', 'deleted'];
const FLAG_REASONS: readonly FlagRecord['reason'][] = [
  'abuse',
  'hate',
  'spam',
  'off-topic',
  'personal-data',
  'illegal',
  'other',
];
const ENTITLEMENT_STATUSES = ['active', 'trialing', 'past_due', 'cancelled', 'expired'] as const;
const ENTITLEMENT_KINDS = ['subscription', 'trial', 'gift', 'seat'] as const;

type Members = Readonly<Record<string, unknown>>;

/**
 * @returns null for lines that are not imported
 * @throws BadLine
 */
export function recordOf(line: Members): ImportRecord | null {
  switch (line['type'] as ExportLine['type']) {
    case 'site':
      return siteOf(new Line<SiteLine>(line));
    case 'story':
      return storyOf(new Line<StoryLine>(line));
    case 'reader':
      return readerOf(new Line<ReaderLine>(line));
    case 'entitlement':
      return entitlementOf(new Line<EntitlementLine>(line));
    case 'comment':
      return commentOf(new Line<CommentLine>(line));
    case 'decision':
      return decisionOf(new Line<DecisionLine>(line));
    case 'reaction':
      return reactionOf(new Line<ReactionLine>(line));
    case 'flag':
      return flagOf(new Line<FlagLine>(line));
    case 'event':
    case 'audit':
    case 'cursor':
    case 'end':
      return null;
    default:
      throw new BadLine('unknown-type', '"type" is missing, or not a type of record that an export has.');
  }
}

/** Reads the members of one line. */
class Line<Shape> {
  constructor(private readonly members: Members) {}

  text(name: keyof Shape & string): string {
    const value = this.members[name];
    if (typeof value !== 'string' || value === '') throw this.bad(name, 'a string that is not empty');
    return value;
  }

  optionalText(name: keyof Shape & string): string | null {
    const value = this.members[name] ?? null;
    if (value !== null && typeof value !== 'string') throw this.bad(name, 'a string or null');
    return value;
  }

  at(name: keyof Shape & string): number {
    const at = timeOf(this.members[name]);
    if (at === null || typeof this.members[name] !== 'string') throw this.bad(name, 'an ISO 8601 time');
    return at;
  }

  optionalAt(name: keyof Shape & string): number | null {
    return (this.members[name] ?? null) === null ? null : this.at(name);
  }

  optionalInstant(name: keyof Shape & string): string | null {
    const at = this.optionalAt(name);
    return at === null ? null : new Date(at).toISOString();
  }

  oneOf<const T extends string>(name: keyof Shape & string, values: readonly T[], fallback?: T): T {
    const value = this.members[name] ?? fallback;
    if (!values.includes(value as T)) throw this.bad(name, `one of ${values.join(', ')}`);
    return value as T;
  }

  flag(name: keyof Shape & string): boolean {
    return this.members[name] === true;
  }

  optionalCount(name: keyof Shape & string): number | null {
    const value = this.members[name] ?? null;
    if (value !== null && (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 1e9))
      throw this.bad(name, 'a whole number');
    return value as number | null;
  }

  optionalObject(name: keyof Shape & string): Members | null {
    const value = this.members[name] ?? null;
    if (value !== null && !isObject(value)) throw this.bad(name, 'an object or null');
    return value;
  }

  objects(name: keyof Shape & string): readonly Members[] {
    const value = this.members[name] ?? [];
    if (!Array.isArray(value) || !value.every(isObject)) throw this.bad(name, 'a list of objects');
    return value;
  }

  strings(name: keyof Shape & string): readonly string[] {
    const value = this.members[name] ?? [];
    if (!Array.isArray(value) || !value.every((each) => typeof each === 'string'))
      throw this.bad(name, 'a list of strings');
    return value;
  }

  bad(name: string, expected: string): BadLine {
    return new BadLine('bad-member', `"${name}" must be ${expected}.`);
  }
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function siteOf(line: Line<SiteLine>): ImportRecord {
  if (line.optionalCount('version') !== 1)
    throw new BadLine('unknown-version', 'Only exports of version 1 can be imported.');
  return { kind: 'group', id: GROUP, name: line.text('name'), origins: line.strings('origins') };
}

function storyOf(line: Line<StoryLine>): ImportRecord {
  const topics = line.objects('topics').map((topic) => {
    const member = new Line<{ type: string; key: string; name: string }>(topic);
    return { type: member.text('type'), key: member.text('key'), name: member.text('name') };
  });
  return {
    kind: 'story',
    id: line.text('key'),
    group: GROUP,
    url: line.text('url'),
    title: line.optionalText('title'),
    section: line.optionalText('section'),
    publishedAt: line.optionalAt('publishedAt'),
    createdAt: line.at('createdAt'),
    isClosed: line.oneOf('state', ['open', 'closed'], 'open') === 'closed',
    exact: {
      titleSource: line.oneOf('titleSource', ['path', 'page', 'publisher'], 'publisher'),
      topics,
      policy: line.optionalObject('policy'),
      closesAt: line.optionalAt('closesAt'),
      exemptFromAutoClose: line.flag('exemptFromAutoClose'),
    },
  };
}

function readerOf(line: Line<ReaderLine>): ImportRecord {
  const key = line.text('key');
  const createdAt = line.at('createdAt');
  const standing = line.oneOf('standing', EXPORTED_STANDINGS, 'normal');
  const history = line.objects('sanctions').map((sanction): SanctionRecord => {
    const member = new Line<ReaderLine['sanctions'][number]>(sanction);
    return {
      standing: member.oneOf('standing', EXPORTED_STANDINGS),
      at: member.at('at'),
      until: member.optionalAt('until'),
      reason: member.optionalText('reason'),
      by: member.optionalText('by'),
      groups: null,
    };
  });
  const current: SanctionRecord = {
    standing,
    at: history.at(-1)?.at ?? createdAt,
    until: line.optionalAt('standingUntil'),
    reason: line.optionalText('standingReason'),
    by: null,
    groups: null,
  };
  const name = line.text('name');
  return {
    kind: 'reader',
    id: key,
    key,
    name,
    picture: line.optionalText('picture'),
    email: line.optionalText('email'),
    role: line.oneOf('role', ['reader', 'staff', 'author'], 'reader'),
    createdAt,
    isErased: false,
    current: standing === 'normal' ? [] : [current],
    history,
    exact: {
      nameFromPublisher: line.optionalText('nameFromPublisher') ?? name,
      tier: line.optionalText('tier'),
    },
  };
}

function entitlementOf(line: Line<EntitlementLine>): ImportRecord {
  const sequence = line.optionalText('sequence');
  if (sequence !== null && !/^-?\d{1,40}(\.\d{1,40})?$/.test(sequence))
    throw line.bad('sequence', 'a decimal number as a string');
  const readerKey = line.text('readerKey');
  const key = line.text('key');
  const tier = line.text('tier');
  const source = line.optionalText('source') ?? 'api';
  const grantedBy = line.optionalText('grantedBy');
  if (
    [readerKey, key, tier, source, grantedBy ?? ''].some(
      (text) => text.length > 255 || /\0/.test(text) || !text.isWellFormed(),
    )
  )
    throw new BadLine(
      'bad-member',
      'A text of the entitlement is longer than 255 characters or has NUL or lone surrogates.',
    );
  return {
    kind: 'entitlement',
    line: {
      readerKey,
      key,
      tier,
      status: line.oneOf('status', ENTITLEMENT_STATUSES),
      kind: line.oneOf('kind', ENTITLEMENT_KINDS, 'subscription'),
      grantedBy,
      validUntil: line.optionalInstant('validUntil'),
      graceUntil: line.optionalInstant('graceUntil'),
      endedAt: line.optionalInstant('endedAt'),
      source,
      sequence,
      reportedAt: new Date(line.at('reportedAt')).toISOString(),
    },
  };
}

function commentOf(line: Line<CommentLine>): ImportRecord {
  const id = line.text('id');
  const status = line.oneOf('status', STATUSES);
  const revisions = line.objects('revisions').map((revision, index) => {
    const member = new Line<CommentLine['revisions'][number]>(revision);
    const body = tidyBody(member.text('body'));
    if (body === '' || Buffer.byteLength(body) > MAX_BODY_BYTES)
      throw new BadLine('bad-body', `A text of the comment is empty or longer than ${MAX_BODY_BYTES} bytes.`);
    return { id: String(index + 1), body, at: member.at('at') };
  });
  if (status !== 'deleted' && revisions.length === 0)
    throw new BadLine('no-text', 'A comment that is not deleted needs a revision.');
  const shownRevision = line.optionalCount('shownRevision');
  return {
    kind: 'comment',
    id,
    storyId: line.text('storyKey'),
    parentId: line.optionalText('parentId'),
    authorId: line.optionalText('readerKey'),
    status: importedStatus(status),
    revisions,
    createdAt: line.at('createdAt'),
    featuredAt: line.optionalAt('pickedAt'),
    exact: {
      status,
      reason: line.optionalText('reason'),
      explanation: line.optionalText('explanation'),
      shownRevision: shownRevision !== null && shownRevision > revisions.length ? null : shownRevision,
      escalated: line.flag('escalated'),
      waitingSince: line.optionalInstant('waitingSince'),
      publishedAt: line.optionalInstant('publishedAt'),
      pinnedAt: line.optionalInstant('pinnedAt'),
      authorTier: line.optionalText('authorTier'),
      language: line.optionalText('language'),
      pageLanguage: line.optionalText('pageLanguage'),
    },
  };
}

const importedStatus = (status: CommentStatus): ImportedStatus =>
  status === 'pending' ? 'held' : status === 'removed' ? 'rejected' : status;

function decisionOf(line: Line<DecisionLine>): ImportRecord {
  const rule = line.optionalObject('rule');
  const ruleMembers = rule && new Line<NonNullable<DecisionLine['rule']>>(rule);
  const to = line.oneOf('to', STATUSES);
  return {
    kind: 'decision',
    id: line.text('id'),
    commentId: line.text('commentId'),
    revisionId: null,
    status: to === 'published' || to === 'held' ? to : 'rejected',
    by: rule ? null : (line.optionalText('by') ?? ''),
    reason: line.optionalText('reason'),
    explanation: line.optionalText('explanation'),
    note: line.optionalText('note'),
    at: line.at('at'),
    exact: {
      revision: line.optionalCount('revision') ?? 1,
      action: line.oneOf('action', EXPORTED_ACTIONS),
      rule: ruleMembers && { key: ruleMembers.text('key'), text: ruleMembers.optionalText('text') },
      from: line.oneOf('from', STATUSES),
      to,
      policyVersion: line.optionalCount('policyVersion') ?? 0,
    },
  };
}

function reactionOf(line: Line<ReactionLine>): ImportRecord {
  return {
    kind: 'reaction',
    commentId: line.text('commentId'),
    readerId: line.text('readerKey'),
    reaction: line.text('kind'),
    at: line.at('at'),
  };
}

function flagOf(line: Line<FlagLine>): ImportRecord | null {
  const readerId = line.optionalText('readerKey');
  // A visitor's flag is bound to a keyed hash of their network, which no export has.
  if (readerId === null) return null;
  const closedAt = line.optionalInstant('closedAt');
  return {
    kind: 'flag',
    commentId: line.text('commentId'),
    readerId,
    reason: line.oneOf('reason', FLAG_REASONS),
    detail: line.optionalText('detail'),
    at: line.at('at'),
    isClosed: closedAt !== null,
    exact: { closedAt, closedBy: line.optionalText('closedBy') },
  };
}
