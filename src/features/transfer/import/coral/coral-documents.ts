import type {
  CommentRecord,
  DecisionRecord,
  FlagRecord,
  ImportFault,
  ImportedStatus,
  ParsedLine,
  RevisionRecord,
  SanctionRecord,
} from '../records.js';
import { MAX_BODY_BYTES, tidyBody } from '../../../comments/body.js';
import { htmlToMarkdown } from '../html-to-markdown.js';
import { creationTime, EARLIEST, faultOf, truncateBody } from '../text-import.js';
import {
  documentOf,
  documentsOf,
  isBadTime,
  isPresent,
  listOf,
  textOf,
  timeOf,
  type Document,
} from './extended-json.js';

/*
 * Reads the documents of Coral 9. They are declared in `server/src/core/server/models` of its repository:
 * comment/comment.ts, comment/revision.ts, action/comment.ts, action/moderation/comment.ts, user/user.ts,
 * story/story.ts, site/index.ts.
 */

/** The collections that are imported, with their parsers. Files are named after their collections. */
export const COLLECTIONS: Readonly<Record<string, (document: Document, nowMs: number) => ParsedLine | null>> =
  {
    sites: siteOf,
    stories: storyOf,
    users: userOf,
    comments: commentOf,
    archivedComments: commentOf,
    commentActions: actionOf,
    archivedCommentActions: actionOf,
    commentModerationActions: decisionOf,
    archivedCommentModerationActions: decisionOf,
  };

const noId = faultOf('no-id', 'The document has no id.');
const badTime = faultOf('bad-time', 'The creation time of the document is missing or impossible.');

/** For documents that are imported without one of their times. */
const invalidTime: ImportFault = {
  code: 'bad-time',
  message: 'A time in the document is unreadable or out of range. The document is imported without it.',
};

const MAX_QUOTED_CHARS = 50;

function unknownValue(code: string, name: string, value: unknown): ParsedLine {
  if (typeof value !== 'string') return faultOf(code, `The ${name} is not a string.`);
  return faultOf(code, `The ${name} ${JSON.stringify(value.slice(0, MAX_QUOTED_CHARS))} is unknown.`);
}

function creationOf(document: Document, nowMs: number): number | null {
  return creationTime(timeOf(document['createdAt']), nowMs);
}

function originOf(value: unknown): string[] {
  const text = textOf(value);
  return text !== null && URL.canParse(text) ? [new URL(text).origin] : [];
}

function siteOf(document: Document): ParsedLine {
  const id = textOf(document['id']);
  if (id === null) return noId;
  const origins = listOf(document['allowedOrigins']).flatMap(originOf);
  return { record: { kind: 'group', id, name: textOf(document['name']) ?? id, origins } };
}

function storyOf(document: Document, nowMs: number): ParsedLine {
  const id = textOf(document['id']);
  const url = textOf(document['url']);
  if (id === null) return noId;
  if (url === null) return faultOf('no-url', 'The story has no URL.');
  const metadata = documentOf(document['metadata']);
  const createdAt = creationOf(document, nowMs);
  if (createdAt === null) return badTime;
  // Coral writes `false` when a story is reopened.
  const closing = document['closedAt'] === false ? null : document['closedAt'];
  const closedAt = timeOf(closing);
  const hasBadTime = isBadTime(closing) || isBadTime(metadata['publishedAt']);
  return {
    ...(hasBadTime ? { fault: invalidTime } : {}),
    record: {
      kind: 'story',
      id,
      url,
      createdAt,
      group: textOf(document['siteID']),
      title: textOf(metadata['title']),
      section: textOf(metadata['section']),
      publishedAt: timeOf(metadata['publishedAt']),
      isClosed: (closedAt !== null && closedAt <= nowMs) || document['isArchived'] === true,
    },
  };
}

function userOf(document: Document, nowMs: number): ParsedLine {
  const id = textOf(document['id']);
  if (id === null) return noId;
  const createdAt = creationOf(document, nowMs);
  if (createdAt === null) return badTime;
  const sso = documentsOf(document['profiles']).find(({ type }) => type === 'sso');
  const status = documentOf(document['status']);
  const history = historyOf(status);
  const fault = userFault(document, status);
  return {
    ...(fault ? { fault } : {}),
    record: {
      kind: 'reader',
      id,
      createdAt,
      key: sso ? textOf(sso['id']) : null,
      name: textOf(document['username']) ?? '',
      picture: textOf(document['avatar']),
      email: textOf(document['email']),
      role: ['STAFF', 'MODERATOR', 'ADMIN'].includes(document['role'] as string) ? 'staff' : 'reader',
      isErased: isPresent(document['deletedAt']),
      history,
      current: currentOf(status, history, nowMs),
    },
  };
}

const ROLES: readonly unknown[] = ['COMMENTER', 'MEMBER', 'STAFF', 'MODERATOR', 'ADMIN'];

function userFault(document: Document, status: Document): ImportFault | null {
  if (isPresent(document['role']) && !ROLES.includes(document['role']))
    return { code: 'bad-role', message: 'The role is unknown. The account is imported as a reader.' };
  const entries = ['ban', 'premod', 'warning', 'suspension'].flatMap((name) =>
    documentsOf(documentOf(status[name])['history']),
  );
  const hasBadTime = entries.some((entry) => {
    const from = documentOf(entry['from']);
    return [entry['createdAt'], from['start'], from['finish']].some(isBadTime);
  });
  return hasBadTime ? invalidTime : null;
}

const groupsOf = (value: unknown): readonly string[] | null => {
  const ids = listOf(value).flatMap((each) => textOf(each) ?? []);
  return ids.length > 0 ? ids : null;
};

/** All sanctions that the reader ever had, oldest first. A ban or pre-moderation that was lifted is `normal`. */
function historyOf(status: Document): SanctionRecord[] {
  const entries = (name: string): readonly Document[] => documentsOf(documentOf(status[name])['history']);
  const common = (entry: Document) => ({
    at: timeOf(entry['createdAt']) ?? 0,
    until: null,
    by: textOf(entry['createdBy']),
    reason: textOf(entry['message']),
    groups: groupsOf(entry['siteIDs']),
  });
  const sanctionFromFlag = (name: string, standing: SanctionRecord['standing']): SanctionRecord[] =>
    entries(name).map((entry) => ({
      ...common(entry),
      standing: entry['active'] === true ? standing : 'normal',
    }));
  return [
    ...sanctionFromFlag('ban', 'banned'),
    ...sanctionFromFlag('premod', 'pre-moderated'),
    // Each entry is a warning that was given, whether or not the reader has acknowledged it.
    ...entries('warning').map((entry): SanctionRecord => ({ ...common(entry), standing: 'warned' })),
    ...entries('suspension').flatMap((entry): SanctionRecord[] => {
      const from = documentOf(entry['from']);
      // Without its end, it would become a permanent suspension.
      if (isBadTime(from['finish'])) return [];
      return [
        {
          ...common(entry),
          standing: 'suspended',
          at: timeOf(from['start']) ?? timeOf(entry['createdAt']) ?? 0,
          until: timeOf(from['finish']),
        },
      ];
    }),
  ]
    .filter(({ at }) => at >= EARLIEST)
    .sort((one, other) => one.at - other.at);
}

/** The sanctions in effect at `nowMs`. */
function currentOf(status: Document, history: readonly SanctionRecord[], nowMs: number): SanctionRecord[] {
  const lastWith = (standing: SanctionRecord['standing']): SanctionRecord =>
    history.filter((entry) => entry.standing === standing).at(-1) ?? {
      standing,
      at: nowMs,
      until: null,
      reason: null,
      by: null,
      groups: null,
    };
  const ban = documentOf(status['ban']);
  const sites = groupsOf(ban['siteIDs']);
  return [
    ...(ban['active'] === true ? [{ ...lastWith('banned'), groups: null }] : []),
    ...(sites ? [{ ...lastWith('banned'), groups: sites }] : []),
    ...history.filter(
      ({ standing, at, until }) => standing === 'suspended' && at <= nowMs && until !== null && until > nowMs,
    ),
    ...(documentOf(status['premod'])['active'] === true ? [lastWith('pre-moderated')] : []),
    ...(documentOf(status['warning'])['active'] === true ? [lastWith('warned')] : []),
  ];
}

const STATUSES: ReadonlyMap<unknown, Exclude<ImportedStatus, 'deleted'>> = new Map([
  ['NONE', 'published'],
  ['APPROVED', 'published'],
  ['REJECTED', 'rejected'],
  ['PREMOD', 'held'],
  ['SYSTEM_WITHHELD', 'held'],
]);

function commentOf(document: Document, nowMs: number): ParsedLine {
  const id = textOf(document['id']);
  const storyId = textOf(document['storyID']);
  if (id === null) return noId;
  if (storyId === null) return faultOf('no-story', 'The comment does not name a story.');
  const createdAt = creationOf(document, nowMs);
  if (createdAt === null) return badTime;
  const isDeleted = isPresent(document['deletedAt']);
  const status = isDeleted ? 'deleted' : STATUSES.get(document['status']);
  if (!status) return unknownValue('bad-status', 'status', document['status']);
  const { revisions, fault: textFault } = isDeleted
    ? { revisions: [], fault: undefined }
    : revisionsOf(id, document, createdAt);
  const featured = documentsOf(document['tags']).find(({ type }) => type === 'FEATURED');
  const hasBadTime =
    isBadTime(document['deletedAt']) ||
    isBadTime(featured?.['createdAt']) ||
    documentsOf(document['revisions']).some((revision) => isBadTime(revision['createdAt']));
  const fault = textFault ?? (hasBadTime ? invalidTime : undefined);
  const record: CommentRecord = {
    kind: 'comment',
    id,
    storyId,
    createdAt,
    revisions,
    parentId: textOf(document['parentID']),
    authorId: textOf(document['authorID']),
    // A comment without text is kept because of its replies.
    status: revisions.length > 0 ? status : 'deleted',
    featuredAt: featured ? (timeOf(featured['createdAt']) ?? createdAt) : null,
  };
  return fault ? { record, fault } : { record };
}

function revisionsOf(
  commentId: string,
  document: Document,
  createdAt: number,
): { revisions: RevisionRecord[]; fault?: ImportFault } {
  const revisions: RevisionRecord[] = [];
  let fault: ImportFault | undefined;
  for (const [index, revision] of documentsOf(document['revisions']).entries()) {
    let body = tidyBody(textWithMedia(revision));
    if (Buffer.byteLength(body) > MAX_BODY_BYTES) {
      body = truncateBody(body);
      fault = { code: 'too-long', message: `The text was cut to ${MAX_BODY_BYTES} bytes.` };
    }
    if (body === '') continue;
    revisions.push({
      id: textOf(revision['id']) ?? `${commentId}/${index}`,
      body,
      at: Math.max(timeOf(revision['createdAt']) ?? createdAt, createdAt),
    });
  }
  if (revisions.length === 0)
    fault = { code: 'no-text', message: 'The comment has no text. It is imported as a deleted comment.' };
  return { revisions, ...(fault ? { fault } : {}) };
}

/** Pictures and videos become links, because the Markdown of comments has neither. */
function textWithMedia(revision: Document): string {
  const text = htmlToMarkdown(textOf(revision['body']) ?? '');
  const url = textOf(documentOf(revision['media'])['url']);
  return url !== null && /^https?:\/\//i.test(url) && !text.includes(url) ? `${text}\n\n${url}` : text;
}

const FLAG_REASONS: ReadonlyMap<string, FlagRecord['reason']> = new Map([
  ['COMMENT_REPORTED_OFFENSIVE', 'abuse'],
  ['COMMENT_REPORTED_ABUSIVE', 'abuse'],
  ['COMMENT_REPORTED_SPAM', 'spam'],
]);

function actionOf(document: Document, nowMs: number): ParsedLine | null {
  const commentId = textOf(document['commentID']);
  if (commentId === null) return faultOf('no-comment', 'The action does not name a comment.');
  const at = creationOf(document, nowMs);
  if (at === null) return badTime;
  const readerId = textOf(document['userID']);
  const reason = textOf(document['reason']) ?? '';
  if (readerId === null) {
    if (document['actionType'] !== 'FLAG') return null;
    const revisionId = textOf(document['commentRevisionID']);
    const isSpam = reason === 'COMMENT_DETECTED_SPAM';
    return { record: { kind: 'detection', commentId, revisionId, reason, isSpam, at } };
  }
  const detail = textOf(document['additionalDetails']);
  const flag = (
    flagReason: FlagRecord['reason'],
    flagDetail: string | null,
    isClosed: boolean,
  ): ParsedLine => ({
    record: { kind: 'flag', commentId, readerId, reason: flagReason, detail: flagDetail, at, isClosed },
  });
  switch (document['actionType']) {
    case 'REACTION':
      return { record: { kind: 'reaction', commentId, readerId, at } };
    case 'FLAG':
      return flag(FLAG_REASONS.get(reason) ?? 'other', detail, document['reviewed'] === true);
    case 'ILLEGAL':
      return flag('illegal', detail, document['reviewed'] === true);
    // In Coral, this only informs moderators that a reader disagrees, so it needs no review.
    case 'DONT_AGREE':
      return flag('other', detail === null ? 'Does not agree.' : `Disagrees: ${detail}`, true);
    default:
      return unknownValue('bad-action', 'action type', document['actionType']);
  }
}

const REJECTION_REASONS: ReadonlyMap<string, string> = new Map([
  ['OFFENSIVE', 'abuse'],
  ['ABUSIVE', 'abuse'],
  ['HARASSMENT_BULLYING', 'abuse'],
  ['HATE_SPEECH', 'hate'],
  ['SPAM', 'spam'],
  ['AD', 'spam'],
  ['IRRELEVANT_CONTENT', 'off-topic'],
  ['BANNED_WORD', 'language'],
  ['ILLEGAL_CONTENT', 'illegal'],
]);

function decisionOf(document: Document, nowMs: number): ParsedLine | null {
  const id = textOf(document['id']);
  const commentId = textOf(document['commentID']);
  if (id === null) return noId;
  if (commentId === null) return faultOf('no-comment', 'The decision does not name a comment.');
  const at = creationOf(document, nowMs);
  if (at === null) return badTime;
  const status = STATUSES.get(document['status']);
  if (!status) return unknownValue('bad-status', 'status', document['status']);
  // The field is named `code` since Coral 9. The first version of the model named it `reason`.
  const reason = documentOf(document['rejectionReason']);
  const code = textOf(reason['code']) ?? textOf(reason['reason']);
  const note = [code, textOf(reason['customReason']), textOf(reason['legalGrounds'])].filter(
    (part) => part !== null,
  );
  const record: DecisionRecord = {
    kind: 'decision',
    id,
    commentId,
    at,
    status,
    revisionId: textOf(document['commentRevisionID']),
    by: textOf(document['moderatorID']),
    reason: status === 'rejected' && code !== null ? (REJECTION_REASONS.get(code) ?? 'other') : null,
    explanation: textOf(reason['detailedExplanation']),
    note: note.length > 0 ? note.join('; ') : null,
  };
  return { record };
}
