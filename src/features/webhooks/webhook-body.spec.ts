import { describe, expect, it } from '@jest/globals';
import { freezeBodies, MAX_BODY_BYTES, type CommentDetail, type EventFacts } from './webhook-body.js';

const makeEvent = (overrides: Partial<EventFacts> = {}): EventFacts => ({
  id: '0192f3a0-0000-7000-8000-000000000001',
  type: 'comment.published',
  siteId: '0192f3a0-0000-7000-8000-000000000002',
  sequence: 2,
  occurredAt: new Date('2026-11-23T12:00:00.123Z'),
  payload: {
    commentId: 'c1',
    storyId: 's1',
    storyKey: 'talks',
    parentId: null,
    authorId: 'r1',
    readerKey: 'sub-1',
    status: 'published',
    from: 'pending',
    revision: 1,
    decision: { id: 'd1', by: 'rule', rule: 'all-clear' },
  },
  ...overrides,
});

const makeDetail = (overrides: Partial<CommentDetail> = {}): CommentDetail => ({
  body: 'I call BS',
  html: '<p>I call BS</p>',
  author: { id: 'r1', name: 'Ann', picture: null, tier: null, role: 'reader' },
  scores: { profanity: { value: 0.3, spans: [[7, 9]] } },
  ...overrides,
});

describe('the webhook body', () => {
  it('has the documented envelope and thin data', () => {
    expect(JSON.parse(freezeBodies(makeEvent(), makeDetail()).thin)).toEqual({
      id: '0192f3a0-0000-7000-8000-000000000001',
      type: 'comment.published',
      timestamp: '2026-11-23T12:00:00.123Z',
      site: '0192f3a0-0000-7000-8000-000000000002',
      sequence: 2,
      data: {
        comment: {
          id: 'c1',
          storyKey: 'talks',
          parentId: null,
          readerKey: 'sub-1',
          status: 'published',
          revision: 1,
        },
        decision: { id: 'd1', by: 'rule', rule: 'all-clear' },
      },
    });
  });

  it('also has the text, author and scores when full', () => {
    const { comment } = JSON.parse(freezeBodies(makeEvent(), makeDetail()).full).data;
    expect(comment).toMatchObject({ id: 'c1', ...makeDetail() });
  });

  it('never contains the text of a comment that its author deleted', () => {
    const event = makeEvent({
      type: 'comment.deleted',
      payload: { ...makeEvent().payload, status: 'deleted' },
    });
    const { thin, full } = freezeBodies(event, makeDetail());
    expect(full).toBe(thin);
    expect(full).not.toContain('BS');
  });

  it('is the same in both forms for an event without a comment', () => {
    const event = makeEvent({
      type: 'reader.banned',
      payload: { readerId: 'r1', readerKey: 'sub-1', standing: 'banned', until: null, reason: 'abuse' },
    });
    const { thin, full } = freezeBodies(event, null);
    expect(full).toBe(thin);
    expect(JSON.parse(thin).data).toEqual({
      reader: { id: 'r1', readerKey: 'sub-1', standing: 'banned', until: null, reason: 'abuse' },
    });
  });

  it('contains the reason of a flag', () => {
    const event = makeEvent({
      type: 'comment.flagged',
      payload: { ...makeEvent().payload, decision: undefined, flagReason: 'spam', openFlags: 2 },
    });
    expect(JSON.parse(freezeBodies(event, null).thin).data).toMatchObject({
      flag: { reason: 'spam', openFlags: 2 },
    });
  });

  it('omits fields if it would be too large, the text last', () => {
    const long = 'ä'.repeat(6_000);
    const truncated = JSON.parse(freezeBodies(makeEvent(), makeDetail({ body: long, html: long })).full).data
      .comment;
    expect(truncated.body).toBe(long);
    expect(truncated.html).toBeUndefined();
    expect(truncated.scores).toBeDefined();

    const { full } = freezeBodies(makeEvent(), makeDetail({ body: long.repeat(3) }));
    expect(JSON.parse(full).data.comment.body).toBeUndefined();
    expect(JSON.parse(full).data.comment.author.name).toBe('Ann');
    expect(Buffer.byteLength(full)).toBeLessThanOrEqual(MAX_BODY_BYTES);
  });
});
