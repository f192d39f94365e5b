import { timeOf } from '../coral/extended-json.js';
import { htmlToMarkdown } from '../html-to-markdown.js';
import type { ImportFormat, SourceLine } from '../import-format.js';
import { isStoryKey } from '../../../stories/story-key.js';
import type { ParsedLine } from '../records.js';
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

const FIELDS = {
  'disqus/thread': new Set(['@dsq:id', 'id', 'link', 'title', 'createdAt', 'isClosed', 'isDeleted']),
  'disqus/post': new Set([
    '@dsq:id',
    'thread@dsq:id',
    'parent@dsq:id',
    'message',
    'createdAt',
    'isDeleted',
    'isSpam',
    'author/name',
    'author/username',
    'author/email',
    'author/isAnonymous',
  ]),
};

/** The XML export of Disqus (Moderation panel, Export), as it is or unpacked. A post yields a reader and a comment. */
export function disqusFormat(nowMs: () => number): ImportFormat {
  return {
    name: 'disqus',
    refusal: (head) =>
      /<disqus[\s>]/.test(head.toString('utf8'))
        ? null
        : 'The file is not an XML export of Disqus: its first bytes have no element <disqus>.',
    lines: (file) => inBatches(disqusLines(file)),
    parse({ file, text }) {
      if (text === null) return faultOf('too-large', 'The element exceeds the size limit.');
      const fields = JSON.parse(text) as Fields;
      if (file === 'thread') return storyOf(fields, nowMs());
      return file === 'author' ? readerOf(fields, nowMs()) : commentOf(fields, nowMs());
    },
  };
}

async function* disqusLines(file: AsyncIterable<Buffer>): AsyncGenerator<SourceLine[]> {
  const readers = new RecentIds();
  for await (const records of xmlRecords(file, FIELDS))
    yield records.flatMap(({ path, line, fields, isTooLarge }): SourceLine[] => {
      const text = isTooLarge ? null : JSON.stringify(fields);
      if (path === 'disqus/thread') return [{ file: 'thread', line, text }];
      const post = { file: 'post', line, text };
      if (isTooLarge || fields['isDeleted'] === 'true' || !readers.add(authorOf(fields))) return [post];
      return [{ ...post, file: 'author', text: JSON.stringify({ ...fields, message: '' }) }, post];
    });
}

/** The username of an account, otherwise an ID that is derived from the email address or name. */
function authorOf(fields: Fields): string {
  const username = textOf(fields['author/username']);
  return username !== null && fields['author/isAnonymous'] !== 'true'
    ? username
    : guestId(fields['author/email'] ?? '', fields['author/name'] ?? '');
}

function storyOf(fields: Fields, nowMs: number): ParsedLine {
  const id = textOf(fields['@dsq:id']);
  const url = textOf(fields['link']);
  if (id === null) return faultOf('no-id', 'The thread has no dsq:id.');
  if (url === null) return faultOf('no-url', 'The thread has no link.');
  const createdAt = creationTime(timeOf(fields['createdAt']), nowMs);
  if (createdAt === null)
    return faultOf('bad-time', 'The creation time of the thread is missing or impossible.');
  const identifier = textOf(fields['id']);
  return {
    record: {
      kind: 'story',
      id,
      key: identifier !== null && isStoryKey(identifier) ? identifier : `disqus-${id}`,
      url,
      createdAt,
      group: null,
      title: textOf(fields['title']),
      section: null,
      publishedAt: null,
      isClosed: fields['isClosed'] === 'true' || fields['isDeleted'] === 'true',
    },
  };
}

function readerOf(fields: Fields, nowMs: number): ParsedLine {
  const createdAt = creationTime(timeOf(fields['createdAt']), nowMs);
  const name = textOf(fields['author/name']) ?? textOf(fields['author/username']) ?? '';
  const email = textOf(fields['author/email']);
  return { record: readerRecord({ id: authorOf(fields), key: null, name, email }, createdAt ?? EARLIEST) };
}

function commentOf(fields: Fields, nowMs: number): ParsedLine {
  const isSpam = fields['isSpam'] === 'true';
  return commentRecord(
    {
      id: textOf(fields['@dsq:id']),
      storyId: textOf(fields['thread@dsq:id']),
      parentId: textOf(fields['parent@dsq:id']),
      authorId: authorOf(fields),
      at: timeOf(fields['createdAt']),
      status: fields['isDeleted'] === 'true' ? 'deleted' : isSpam ? 'rejected' : 'published',
      sourceStatus: '',
      text: () => htmlToMarkdown(fields['message'] ?? ''),
    },
    nowMs,
  );
}
