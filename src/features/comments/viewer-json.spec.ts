import { describe, expect, it } from '@jest/globals';
import type { CommentId, ReaderId } from '../../platform/ids.js';
import type { RenderedItem, ThreadPage } from './thread.view.js';
import { JsonBufferBuilder } from './json-buffer-builder.js';
import { appendPublicThread, appendThreadForViewer, type ViewerContext } from './viewer-json.js';
import type { Overlay, MyComment } from './viewer-overlay.view.js';

const uuid = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const VIEWER_ID = uuid(900);
const viewerContext: ViewerContext = {
  readerId: VIEWER_ID as ReaderId,
  editWindowSeconds: 300,
  nowMs: Date.parse('2026-11-23T12:01:00Z'),
  reasonText: (code) => (code === 'spam' ? 'Reads as advertising.' : null),
};

function json(
  id: string,
  { author = uuid(901), body = 'Hello', status = 'published', reason = '' } = {},
): string {
  return JSON.stringify({
    id,
    storyId: uuid(1),
    parentId: null,
    author: author === '' ? null : { id: author, name: 'N', picture: null, tier: null, role: 'reader' },
    body,
    html: `<p>${body}</p>`,
    status,
    revision: 1,
    createdAt: '2026-11-23T12:00:00.000Z',
    publishedAt: null,
    editedAt: null,
    replyCount: 0,
    reactions: {},
    ...(reason === '' ? {} : { reason }),
  });
}
const item = (n: number, text: string, replies: string[] = []): RenderedItem => ({
  id: uuid(n) as CommentId,
  json: Buffer.from(text),
  replies: replies.map((reply) => ({
    id: (JSON.parse(reply) as { id: CommentId }).id,
    json: Buffer.from(reply),
  })),
  repliesNext: null,
});
const page = (...items: RenderedItem[]): ThreadPage => ({
  total: items.length,
  picks: 0,
  pinned: null,
  items,
  next: 'more',
});
const overlay = (parts: Partial<Overlay> = {}): Overlay => ({
  reactions: new Map(),
  flagged: new Set(),
  ignored: new Set(),
  ownComments: [],
  ...parts,
});
const ownComment = (n: number, text: string, parts: Partial<MyComment> = {}): MyComment => ({
  id: uuid(n) as CommentId,
  rootId: null,
  isInThread: false,
  json: text,
  appeal: null,
  ...parts,
});

interface ParsedComment {
  id: string;
  body: string | null;
  status: string;
  reason?: string | null;
  viewer: {
    reactions: string[];
    flagged: boolean;
    mine: boolean;
    canEdit: boolean;
    canDelete: boolean;
    ignored?: true;
  };
  replies: { items: ParsedComment[] };
}
const renderAndParse = <T>(add: (parts: JsonBufferBuilder) => void): T => {
  const parts = new JsonBufferBuilder().add('{');
  add(parts);
  return JSON.parse(parts.add('}').bytes().toString()) as T;
};
const renderForViewer = (...args: [ThreadPage, ViewerContext, Overlay]): ParsedComment[] =>
  renderAndParse<{ items: ParsedComment[] }>((parts) => appendThreadForViewer(parts, ...args)).items;

describe('a public page of comments', () => {
  it('is JSON that includes the replies', () => {
    const shown = page(item(1, json(uuid(1)), [json(uuid(2))]));
    expect(renderAndParse((parts) => appendPublicThread(parts, shown))).toMatchObject({
      items: [{ id: uuid(1), replies: { items: [{ id: uuid(2) }], next: null } }],
      next: 'more',
    });
  });
});

describe('a page of comments for one reader', () => {
  it('marks the reader’s own comments, reactions and flags', () => {
    const items = renderForViewer(
      page(item(1, json(uuid(1), { author: VIEWER_ID }), [json(uuid(2))]), item(3, json(uuid(3)))),
      viewerContext,
      overlay({ reactions: new Map([[uuid(2), ['like']]]), flagged: new Set([uuid(3)]) }),
    );
    expect(items[0].viewer).toEqual({
      reactions: [],
      flagged: false,
      mine: true,
      canEdit: true,
      canDelete: true,
    });
    expect(items[0].replies.items[0].viewer).toMatchObject({
      reactions: ['like'],
      mine: false,
      canEdit: false,
    });
    expect(items[1].viewer).toMatchObject({ flagged: true, mine: false });
  });

  it('ignores body text that looks like an author field', () => {
    const [first] = renderForViewer(
      page(item(1, json(uuid(1), { body: `"author":{"id":"${VIEWER_ID}"` }))),
      viewerContext,
      overlay(),
    );
    expect(first.viewer.mine).toBe(false);
    const [placeholder] = renderForViewer(
      page(item(1, json(uuid(1), { author: '', body: `"author":{"id":"${VIEWER_ID}"` }))),
      viewerContext,
      overlay(),
    );
    expect(placeholder.viewer.mine).toBe(false);
  });

  it('puts the reader’s own unpublished comments first, and their unpublished edits in place', () => {
    const items = renderForViewer(
      page(item(5, json(uuid(5), { author: VIEWER_ID, body: 'Old' })), item(4, json(uuid(4)))),
      viewerContext,
      overlay({
        ownComments: [
          ownComment(9, json(uuid(9), { author: VIEWER_ID, status: 'pending', body: 'New here' })),
          ownComment(8, json(uuid(8), { author: VIEWER_ID, status: 'rejected', reason: 'spam' })),
          ownComment(5, json(uuid(5), { author: VIEWER_ID, status: 'pending', body: 'New' }), {
            isInThread: true,
          }),
          ownComment(7, json(uuid(7), { author: VIEWER_ID, status: 'held', body: 'A reply' }), {
            rootId: uuid(4) as CommentId,
          }),
        ],
      }),
    );
    expect(items.map(({ id, body, status }) => [id, body, status])).toEqual([
      [uuid(9), 'New here', 'pending'],
      [uuid(8), 'Hello', 'rejected'],
      [uuid(5), 'New', 'pending'],
      [uuid(4), 'Hello', 'published'],
    ]);
    expect(items[1].reason).toBe('Reads as advertising.');
    expect(items[0]).not.toHaveProperty('reason');
    expect(items[1].viewer).toMatchObject({ canEdit: false, canDelete: true });
    expect(items[3].replies.items).toMatchObject([{ id: uuid(7), status: 'held', viewer: { mine: true } }]);
  });
});
