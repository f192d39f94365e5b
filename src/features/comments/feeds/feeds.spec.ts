import { describe, expect, it } from '@jest/globals';
import type { CommentDto, ThreadDto } from '../comments.dto.js';
import { jsonFeed, rssFeed } from './story-feed.js';
import { storyPage, threadMarkup } from './story-page.js';

const HOSTILE = '</script><b onclick=x>"Ada" & \u0001';

const comment = (id: string, fields: Partial<CommentDto> = {}): CommentDto => ({
  id,
  storyId: 's',
  parentId: null,
  author: { id: 'a', name: HOSTILE, picture: null, tier: null, role: 'reader' },
  body: HOSTILE,
  html: '<p>Words.</p>',
  status: 'published',
  revision: 1,
  createdAt: '2026-11-23T12:00:00.000Z',
  publishedAt: '2026-11-23T12:00:01.000Z',
  editedAt: null,
  replyCount: 0,
  reactions: { like: 2 },
  picked: false,
  pinned: false,
  ...fields,
});
const thread = {
  story: {
    id: 's',
    key: 'k',
    title: HOSTILE,
    url: 'https://paper.example/a?b=1&c=2',
    state: 'open',
    topics: [],
  },
  total: 3,
  items: [
    { ...comment('2'), replies: { items: [comment('3', { parentId: '2' })], next: null } },
    {
      ...comment('1', { author: null, body: null, html: null, status: 'removed' }),
      replies: { items: [], next: null },
    },
  ],
} as unknown as ThreadDto;

describe('story feeds', () => {
  it('list the visible comments, newest first, with their URLs', () => {
    const feed = JSON.parse(jsonFeed(thread, 'https://postbag.example/feed.json')) as {
      items: { id: string; url: string }[];
    };
    expect(feed.items.map(({ id }) => id)).toEqual(['3', '2']);
    expect(feed.items[0].url).toBe('https://paper.example/a?b=1&c=2#postbag-3');
  });

  it('escape markup and drop characters that XML does not allow', () => {
    const rss = rssFeed(thread, 'https://postbag.example/feed.rss');
    expect(rss).toContain('&lt;/script&gt;&lt;b onclick=x&gt;&quot;Ada&quot; &amp; ');
    expect(rss).not.toMatch(/<b |\u0001/);
    expect(rss).toContain('<description>&lt;p&gt;Words.&lt;/p&gt;</description>');
    expect(rss).toContain('<pubDate>Mon, 23 Nov 2026 12:00:01 GMT</pubDate>');
  });
});

describe('the story page', () => {
  it('shows the comments as HTML and as escaped linked data', () => {
    const html = storyPage(thread, 'https://postbag.example/feed.rss');
    expect(html.match(/<\/script>/g)).toHaveLength(1);
    expect(html).not.toContain('<b onclick');
    const data = JSON.parse(/ld\+json">(.*?)<\/script>/s.exec(html)![1]) as {
      commentCount: number;
      comment: { text: string; upvoteCount: number; comment: unknown[] }[];
    };
    expect(data.commentCount).toBe(3);
    expect(data.comment).toHaveLength(1);
    expect(data.comment[0]).toMatchObject({ text: HOSTILE, upvoteCount: 2, comment: [{ text: HOSTILE }] });
    expect(html).toContain('This comment was removed by a moderator.');
  });

  it('puts the text without Markdown in the linked data', () => {
    const marked = { ...thread, items: [{ ...thread.items[0], body: 'The **third** one.' }] } as ThreadDto;
    expect(storyPage(marked, 'https://postbag.example/feed.rss')).toContain('"text":"The third one."');
  });

  it('can be rendered without the surrounding page', () => {
    expect(threadMarkup(thread)).toMatch(/^<section/);
  });
});
