import { timeOf } from '../coral/extended-json.js';
import { htmlToMarkdown } from '../html-to-markdown.js';
import { BadImportFile, type ImportFormat, type SourceLine } from '../import-format.js';
import type { ImportedStatus, ParsedLine } from '../records.js';
import {
  commentRecord,
  creationTime,
  EARLIEST,
  faultOf,
  guestId,
  inBatches,
  readerRecord,
  RecentIds,
  textOf,
} from '../text-import.js';
import { xmlRecords } from '../xml-records.js';

type Fields = Readonly<Partial<Record<string, string>>>;

const VERSION = 'rss/channel/wp:wxr_version';
const ITEM = 'rss/channel/item';
const COMMENT = 'rss/channel/item/wp:comment';
const FIELDS = {
  [VERSION]: new Set(['']),
  [ITEM]: new Set(['title', 'link', 'wp:post_id', 'wp:post_date', 'wp:post_date_gmt', 'wp:comment_status']),
  [COMMENT]: new Set(
    [
      'id',
      'author',
      'author_email',
      'date',
      'date_gmt',
      'content',
      'approved',
      'type',
      'parent',
      'user_id',
    ].map((field) => `wp:comment_${field}`),
  ),
};

/** The export of WordPress (Tools, Export: WXR 1.x). Only posts with comments are read. */
export function wordPressFormat(nowMs: () => number): ImportFormat {
  return {
    name: 'wordpress',
    refusal: (head) =>
      /<rss[\s>]/.test(head.toString('utf8'))
        ? null
        : 'The file is not an export of WordPress (WXR): its first bytes have no element <rss>.',
    lines: (file) => inBatches(wordPressLines(file)),
    parse({ file, text }) {
      if (text === null) return faultOf('too-large', 'The element exceeds the size limit.');
      const fields = JSON.parse(text) as Fields;
      if (file === 'item') return storyOf(fields, nowMs());
      return file === 'author' ? readerOf(fields, nowMs()) : commentOf(fields, nowMs());
    },
  };
}

async function* wordPressLines(file: AsyncIterable<Buffer>): AsyncGenerator<SourceLine[]> {
  const readers = new RecentIds();
  let hasVersion = false;
  let hasComments = false;
  for await (const records of xmlRecords(file, FIELDS)) {
    const lines: SourceLine[] = [];
    for (const { path, line, fields, isTooLarge, parent } of records) {
      if (path === VERSION) hasVersion = true;
      else if (path === ITEM) {
        if (hasComments) lines.push({ file: 'item', line, text: isTooLarge ? null : JSON.stringify(fields) });
        hasComments = false;
      } else if (!/^(pingback|trackback)$/.test(fields['wp:comment_type'] ?? '')) {
        hasComments = true;
        const withPost = { ...fields, post: parent?.fields['wp:post_id'] };
        const comment = { file: 'comment', line, text: isTooLarge ? null : JSON.stringify(withPost) };
        if (!isTooLarge && statusOf(fields) !== 'deleted' && readers.add(authorOf(fields)))
          lines.push({
            ...comment,
            file: 'author',
            text: JSON.stringify({ ...fields, 'wp:comment_content': '' }),
          });
        lines.push(comment);
      }
    }
    yield lines;
  }
  if (!hasVersion)
    throw new BadImportFile(
      'no-wxr',
      'The file is a feed, not an export of WordPress: it has no wp:wxr_version. Use Tools, Export.',
    );
}

const idOf = (text: string | undefined): string | null => (text?.trim() === '0' ? null : textOf(text));

/** WordPress writes times without an offset. The local time, used if the one in UTC is missing, is taken for UTC. */
function dateOf(gmt: string | undefined, local: string | undefined): number | null {
  const [time] = [gmt, local].filter((text) => text && !text.startsWith('0000'));
  return time === undefined ? null : timeOf(`${time.trim().replace(' ', 'T')}Z`);
}

const STATUSES: Readonly<Partial<Record<string, ImportedStatus>>> = {
  '1': 'published',
  approve: 'published',
  approved: 'published',
  '0': 'held',
  hold: 'held',
  spam: 'rejected',
  trash: 'deleted',
  'post-trashed': 'deleted',
};

const statusOf = (fields: Fields): ImportedStatus | null =>
  STATUSES[fields['wp:comment_approved']?.trim() ?? ''] ?? null;

function authorOf(fields: Fields): string {
  const userId = idOf(fields['wp:comment_user_id']);
  return userId === null
    ? guestId(fields['wp:comment_author_email'] ?? '', fields['wp:comment_author'] ?? '')
    : `user-${userId}`;
}

function storyOf(fields: Fields, nowMs: number): ParsedLine {
  const id = idOf(fields['wp:post_id']);
  const url = textOf(fields['link']);
  if (id === null) return faultOf('no-id', 'The post has no wp:post_id.');
  if (url === null) return faultOf('no-url', 'The post has no link.');
  const at = creationTime(dateOf(fields['wp:post_date_gmt'], fields['wp:post_date']), nowMs);
  return {
    ...(at === null
      ? {
          fault: {
            code: 'bad-time',
            message: 'The post is imported without its date, which is missing or impossible.',
          },
        }
      : {}),
    record: {
      kind: 'story',
      id,
      url,
      // A fixed time, so that importing the file again finds the same story.
      createdAt: at ?? EARLIEST,
      group: null,
      title: textOf(fields['title']),
      section: null,
      publishedAt: at,
      isClosed: fields['wp:comment_status'] === 'closed',
    },
  };
}

function readerOf(fields: Fields, nowMs: number): ParsedLine {
  const createdAt = creationTime(dateOf(fields['wp:comment_date_gmt'], fields['wp:comment_date']), nowMs);
  const name = textOf(fields['wp:comment_author']) ?? '';
  const email = textOf(fields['wp:comment_author_email']);
  return { record: readerRecord({ id: authorOf(fields), key: null, name, email }, createdAt ?? EARLIEST) };
}

function commentOf(fields: Fields, nowMs: number): ParsedLine {
  return commentRecord(
    {
      id: idOf(fields['wp:comment_id']),
      storyId: idOf(fields['post']),
      parentId: idOf(fields['wp:comment_parent']),
      authorId: authorOf(fields),
      at: dateOf(fields['wp:comment_date_gmt'], fields['wp:comment_date']),
      status: statusOf(fields),
      sourceStatus: fields['wp:comment_approved'] ?? '',
      // WordPress shows line breaks as such.
      text: () => htmlToMarkdown((fields['wp:comment_content'] ?? '').replace(/\r\n?|\n/g, '<br>')),
    },
    nowMs,
  );
}
