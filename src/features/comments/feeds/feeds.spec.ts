import { describe, expect, it } from '@jest/globals';
import type { CommentDto, ThreadDto } from '../comments.dto.js';
import { jsonFeed, rssFeed } from './story-feed.js';
import { storyPage, threadMarkup } from './story-page.js';

const HOSTILE = '</script><b onclick=x>"Ada" & \u0001';

const comment = (id: string, of: Partial<CommentDto> = {}): CommentDto => ({
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
  ...of,
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

describe('feeds of a story', () => {
  it('have what is shown, the newest first, each with its address', () => {
    const feed = JSON.parse(jsonFeed(thread, 'https://postbag.example/feed.json')) as {
      items: { id: string; url: string }[];
    };
    expect(feed.items.map(({ id }) => id)).toEqual(['3', '2']);
    expect(feed.items[0].url).toBe('https://paper.example/a?b=1&c=2#postbag-3');
  });

  it('let no text become markup, and nothing in that XML has no place for', () => {
    const rss = rssFeed(thread, 'https://postbag.example/feed.rss');
    expect(rss).toContain('&lt;/script&gt;&lt;b onclick=x&gt;&quot;Ada&quot; &amp; ');
    expect(rss).not.toMatch(/<b |\u0001/);
    expect(rss).toContain('<description>&lt;p&gt;Words.&lt;/p&gt;</description>');
    expect(rss).toContain('<pubDate>Mon, 23 Nov 2026 12:00:01 GMT</pubDate>');
  });
});

describe('the page of a story', () => {
  it('has the comments as markup and as linked data, from which no text escapes', () => {
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

  it('tells machines the words without the marks that they were written with', () => {
    const marked = { ...thread, items: [{ ...thread.items[0], body: 'The **third** one.' }] } as ThreadDto;
    expect(storyPage(marked, 'https://postbag.example/feed.rss')).toContain('"text":"The third one."');
  });

  it('can be had without the page around it', () => {
    expect(threadMarkup(thread)).toMatch(/^<section/);
  });
});
