import { fingerprint } from '../../comments/fingerprint.js';
import { renderBody } from '../../comments/markdown.js';
import { displayName } from '../../readers/display-name.js';
import { isReaderKey, PUBLICATION_KEY } from '../../readers/reader-key.js';
import { isUuid } from '../../../platform/ids.js';
import { isOnSite, normalizeStoryUrl, normalizeTitle } from '../../stories/story-address.js';
import { isStoryKey } from '../../stories/story-key.js';
import type { SourceLine } from './import-format.js';
import type {
  CommentRecord,
  ImportFault,
  ImportRecord,
  ReaderRecord,
  SanctionRecord,
  StoryRecord,
} from './records.js';
import type { SourceRefs } from './source-refs.js';

/** A row of `import_record`, in the form that `jsonb_to_recordset` reads. */
export interface StagedRow {
  readonly kind: ImportRecord['kind'];
  readonly ref: string;
  readonly reader_ref?: string;
  readonly story_ref?: string;
  readonly parent_ref?: string;
  /** ISO 8601. */
  readonly at?: string;
  readonly file: string;
  readonly line: number;
  readonly doc: object;
  /** The revisions of a comment, oldest first. Not part of `doc`, because only the database needs them. */
  readonly texts?: readonly object[];
}

export interface StagedReader {
  readonly key: string;
  readonly publisherName: string;
  readonly name: string;
  readonly picture: string | null;
  readonly email: string | null;
  readonly role: ReaderRecord['role'];
  readonly tier: string | null;
  /** Whether the reader is imported even without comments. */
  readonly required: boolean;
  readonly erased: boolean;
  /** MAC of the key, to recognize readers who were erased on this site; see `ErasedReaders`. */
  readonly mac: string;
  readonly current: ReaderRecord['current'];
  readonly history: ReaderRecord['history'];
}

const MAX_PICTURE_CHARS = 2_048;
const MAX_EMAIL_CHARS = 254;
const MAX_SECTION_CHARS = 255;
const MAX_EXTERNAL_ID_CHARS = 255;

const isoOf = (at: number): string => new Date(at).toISOString();

/**
 * Truncates a text and removes what PostgreSQL rejects: NUL and lone surrogates. Truncating comes first, because it can
 * split a surrogate pair.
 */
function storable(text: string, maxChars: number): string;
function storable(text: string | null, maxChars: number): string | null;
function storable(text: string | null, maxChars: number): string | null {
  return text === null ? null : text.replaceAll('\0', '').slice(0, maxChars).toWellFormed();
}
const isId = (id: string): boolean =>
  id.length <= MAX_EXTERNAL_ID_CHARS && id.isWellFormed() && !id.includes('\0');

const badId = (recordName: string): ImportFault => ({
  code: 'bad-id',
  message: `The ${recordName}'s id must be a string of at most ${MAX_EXTERNAL_ID_CHARS} characters without NUL or lone surrogates.`,
});

const storableSanction = (sanction: SanctionRecord): SanctionRecord => ({
  ...sanction,
  reason: storable(sanction.reason, 1_000),
  by: storable(sanction.by, MAX_EXTERNAL_ID_CHARS),
  groups: sanction.groups?.map((group) => storable(group, MAX_EXTERNAL_ID_CHARS)) ?? null,
});

/** Turns records into rows. A record with an ID, key or address that the site does not accept becomes a fault. */
export class Staging {
  constructor(
    private readonly source: string,
    private readonly refs: SourceRefs,
    private readonly origins: readonly string[],
    private readonly macOf: (readerKey: string) => Buffer,
    private readonly isPolicy: (policy: object) => boolean,
  ) {}

  rowOf({ file, line }: SourceLine, record: ImportRecord): StagedRow | ImportFault {
    const location = { kind: record.kind, file, line };
    switch (record.kind) {
      case 'group': {
        const { id, origins } = record;
        if (!isId(id)) return badId('site');
        const name = storable(record.name, 255);
        return { ...location, ref: this.refs.refFor('group', id), doc: { id, name, origins } };
      }
      case 'story':
        return this.storyRow(location, record);
      case 'reader':
        return {
          ...location,
          ref: this.refs.reader(record.id),
          at: isoOf(record.createdAt),
          doc: this.readerDoc(record),
        };
      case 'comment':
        return this.commentRow(location, record);
      case 'reaction':
        return {
          ...this.commentFields(location, record),
          reader_ref: this.refs.reader(record.readerId),
          doc: record.reaction === undefined ? {} : { kind: storable(record.reaction, 64) },
        };
      case 'flag': {
        const { reason, detail, isClosed } = record;
        const doc = { reason, detail: storable(detail, 1_000), closed: isClosed, exact: record.exact };
        return {
          ...this.commentFields(location, record),
          reader_ref: this.refs.reader(record.readerId),
          doc,
        };
      }
      case 'detection':
        return {
          ...this.commentFields(location, record),
          doc: {
            revisionId: storable(record.revisionId, MAX_EXTERNAL_ID_CHARS),
            reason: storable(record.reason, 100),
            isSpam: record.isSpam,
          },
        };
      case 'decision': {
        const { id, status, by, reason } = record;
        if (!isId(id)) return badId('decision');
        const revisionId = storable(record.revisionId, MAX_EXTERNAL_ID_CHARS);
        const explanation = storable(record.explanation, 2_000);
        const note = storable(record.note, 2_000);
        const storedBy = storable(by, MAX_EXTERNAL_ID_CHARS);
        const decisionRef = this.refs.decision(record.commentId, id);
        const exact = record.exact && {
          ...record.exact,
          rule: record.exact.rule && {
            key: storable(record.exact.rule.key, 100),
            text: storable(record.exact.rule.text, 2_000),
          },
        };
        const native = exact && isUuid(id) ? id : undefined;
        const doc = {
          id,
          ref: decisionRef,
          revisionId,
          status,
          by: storedBy,
          reason,
          explanation,
          note,
          exact,
          native,
        };
        return {
          ...this.commentFields(location, record),
          ...(by === null ? {} : { reader_ref: this.refs.reader(by) }),
          doc,
        };
      }
      case 'entitlement': {
        const { readerKey, key } = record.line;
        return {
          ...location,
          ref: this.refs.refFor('entitlement', `${readerKey}\n${key}`),
          at: record.line.reportedAt,
          doc: { ...record.line, mac: this.macOf(readerKey).toString('hex') },
        };
      }
    }
  }

  private commentFields<Location extends object>(
    location: Location,
    { commentId, at }: { commentId: string; at: number },
  ): Location & { ref: string; at: string } {
    return { ...location, ref: this.refs.refFor('comment', commentId), at: isoOf(at) };
  }

  private storyRow(
    location: Pick<StagedRow, 'kind' | 'file' | 'line'>,
    story: StoryRecord,
  ): StagedRow | ImportFault {
    const key = story.key ?? story.id;
    if (!isStoryKey(key))
      return { code: 'bad-story-key', message: "The story's id cannot be used as a story key." };
    if (story.exact?.policy && !this.isPolicy(story.exact.policy))
      return { code: 'bad-policy', message: "The story's policy is not valid on this site." };
    const url = normalizeStoryUrl(story.url);
    if (url === null) return { code: 'bad-url', message: "The story's URL is not an http or https URL." };
    const section = storable(story.section, MAX_SECTION_CHARS)?.trim();
    return {
      ...location,
      ref: this.refs.refFor('story', story.id),
      at: isoOf(story.createdAt),
      doc: {
        url,
        key,
        group: storable(story.group, MAX_EXTERNAL_ID_CHARS),
        onSite: isOnSite(url, this.origins),
        title: normalizeTitle(story.title ?? undefined, url),
        section: section ? section : null,
        publishedAt: story.publishedAt === null ? null : isoOf(story.publishedAt),
        state: story.isClosed ? 'closed' : 'open',
        ...story.exact,
        closesAt: story.exact?.closesAt ? isoOf(story.exact.closesAt) : null,
      },
    };
  }

  private readerDoc(reader: ReaderRecord): StagedReader {
    const { key, role, isErased, current, history } = reader;
    const isUsableKey = isReaderKey(key) && key !== PUBLICATION_KEY && !key.startsWith('erased:');
    const fallbackKey = `${this.source}:${reader.id}`;
    const picture = storable(reader.picture, MAX_PICTURE_CHARS);
    // Without a valid key, nobody can sign in as this reader. The ID makes the key unique.
    const storedKey = isUsableKey
      ? key
      : isReaderKey(fallbackKey)
        ? fallbackKey
        : `${this.source}:${this.refs.reader(reader.id)}`;
    return {
      key: storedKey,
      mac: this.macOf(storedKey).toString('hex'),
      publisherName: storable(reader.exact?.nameFromPublisher ?? reader.name, 255),
      name: displayName(reader.name),
      picture: picture !== null && /^https?:\/\//.test(picture) ? picture : null,
      email: storable(reader.email, MAX_EMAIL_CHARS),
      role,
      tier: reader.exact?.tier ?? null,
      required: reader.exact !== undefined,
      erased: isErased,
      current: current.map(storableSanction),
      history: history.map(storableSanction),
    };
  }

  private commentRow(
    location: Pick<StagedRow, 'kind' | 'file' | 'line'>,
    comment: CommentRecord,
  ): StagedRow | ImportFault {
    const ext = comment.id;
    if (!isId(ext)) return badId('comment');
    const { authorId, parentId } = comment;
    return {
      ...location,
      ref: this.refs.refFor('comment', ext),
      story_ref: this.refs.refFor('story', comment.storyId),
      ...(parentId === null ? {} : { parent_ref: this.refs.refFor('comment', parentId) }),
      reader_ref: authorId === null ? this.refs.unknownReaderId : this.refs.reader(authorId),
      at: isoOf(comment.createdAt),
      doc: {
        ext,
        native: comment.exact && isUuid(ext) ? ext : undefined,
        exact: comment.exact,
        status: comment.status,
        featuredAt: comment.featuredAt === null ? null : isoOf(comment.featuredAt),
        revs: comment.revisions.map(({ id, at }) => [storable(id, MAX_EXTERNAL_ID_CHARS), at]),
      },
      texts: comment.revisions.map(({ body, at }, index) => ({
        body,
        at: isoOf(at),
        ref: this.refs.refFor('revision', `${ext}\n${index + 1}`),
        html: renderBody(body),
        print: fingerprint(body),
      })),
    };
  }
}
