import { createReadStream, createWriteStream, mkdirSync, statSync, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';

/*
 * Generates exports of Coral 9 in the format of mongoexport. The content is made up and the same in each run. The
 * documents follow Coral's models (server/src/core/server/models: comment, comment/revision, action/comment,
 * action/moderation/comment, user, story, site).
 */

export type CoralDocument = Record<string, unknown>;

const START = Date.UTC(2020, 0, 1);
const MINUTE = 60_000;

/** Extended JSON version 2, relaxed format. */
export const dateOf = (ms: number): CoralDocument => ({ $date: new Date(ms).toISOString() });
/** Extended JSON version 2, canonical format. */
export const canonicalDateOf = (ms: number): CoralDocument => ({ $date: { $numberLong: String(ms) } });

export const linesOf = (documents: readonly CoralDocument[]): string =>
  documents.map((document) => `${JSON.stringify(document)}\n`).join('');

/** Packs the given files into a tar in memory. */
export async function packCoral(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const archive = pack();
  const chunks: Buffer[] = [];
  const read = (async () => {
    for await (const chunk of archive as AsyncIterable<Buffer>) chunks.push(chunk);
  })();
  for (const [name, text] of Object.entries(files)) archive.entry({ name }, text);
  archive.finalize();
  await read;
  return Buffer.concat(chunks);
}

export interface CoralScale {
  readonly comments: number;
  /** Origin of the imported site; a second site of the tenant has another one. */
  readonly origin: string;
}

/** Mulberry32, by Tommy Ettinger, public domain. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS =
  'the council has said that this road will be closed for a year and nobody asked people who live here what they think about it while money goes elsewhere we should vote again because last time turnout was low prices rise faster than wages my neighbour agrees but her son does not'.split(
    ' ',
  );

const idOf = (kind: number, number: number): string =>
  `${kind.toString(16).padStart(8, '0')}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
export const coralIds = {
  site: (n: number): string => idOf(1, n),
  story: (n: number): string => idOf(2, n),
  user: (n: number): string => idOf(3, n),
  comment: (n: number): string => idOf(4, n),
  revision: (n: number, index: number): string => idOf(0x50 + index, n),
  action: (n: number): string => idOf(6, n),
  decision: (n: number): string => idOf(7, n),
};
const TENANT = '9ff0bb3c-0f4d-4b39-8d5c-0ef8a1c7f7f1';

class LineFile {
  private pendingLines: string[] = [];
  private readonly out: WriteStream;

  constructor(readonly path: string) {
    this.out = createWriteStream(path);
  }

  async add(line: string): Promise<void> {
    this.pendingLines.push(line);
    if (this.pendingLines.length >= 2_000) await this.flush();
  }

  async end(): Promise<void> {
    await this.flush();
    this.out.end();
    await once(this.out, 'close');
  }

  private async flush(): Promise<void> {
    if (this.pendingLines.length === 0) return;
    const text = `${this.pendingLines.join('\n')}\n`;
    this.pendingLines = [];
    if (!this.out.write(text)) await once(this.out, 'drain');
  }
}

/** Users 0 to 3 are moderators. Of the others, those whose number is a multiple of 7 have deleted their accounts. */
const isDeletedUser = (n: number): boolean => n > 3 && n % 7 === 0;

function userDocument(n: number, site: string): CoralDocument {
  const createdAt = canonicalDateOf(START + n * MINUTE);
  const empty = { history: [] };
  const isBanned = n > 3 && n % 83 === 1;
  const isSuspended = n > 3 && n % 89 === 1;
  return {
    _id: { $oid: n.toString(16).padStart(24, '0') },
    id: coralIds.user(n),
    tenantID: TENANT,
    createdAt,
    username: n < 4 ? `Moderator ${n}` : `Reader ${n}`,
    role: ['ADMIN', 'MODERATOR', 'MODERATOR', 'STAFF'][n] ?? 'COMMENTER',
    tokens: [],
    ignoredUsers: [],
    moderatorNotes: [],
    ...(isDeletedUser(n)
      ? { deletedAt: canonicalDateOf(START + (n + 5) * MINUTE) }
      : {
          email: `reader${n}@news.example`,
          profiles:
            n % 5 === 4
              ? [{ type: 'local', id: `reader${n}@news.example`, password: 'x', passwordID: 'y' }]
              : [{ type: 'sso', id: `sub-${n}`, lastIssuedAt: createdAt }],
        }),
    status: {
      username: { history: [] },
      ban: isBanned
        ? {
            active: n % 2 === 1,
            ...(n % 2 === 1 ? {} : { siteIDs: [site] }),
            history: [
              {
                id: `ban-${n}`,
                active: true,
                createdBy: coralIds.user(1),
                createdAt: canonicalDateOf(START + (n + 9) * MINUTE),
                message: 'Banned for abuse.',
              },
            ],
          }
        : { active: false, ...empty },
      suspension: isSuspended
        ? {
            history: [
              {
                id: `suspension-${n}`,
                from: {
                  start: canonicalDateOf(START + n * MINUTE),
                  finish: canonicalDateOf(Date.UTC(2100, 0, 1)),
                },
                createdBy: coralIds.user(2),
                createdAt: canonicalDateOf(START + n * MINUTE),
                message: 'Suspended for a while.',
              },
            ],
          }
        : empty,
      premod: { active: n % 97 === 1, history: [] },
      warning: { active: false, ...empty },
    },
  };
}

/**
 * Writes an export with the given number of comments and the irregularities of Coral's data: deleted accounts and
 * comments, missing parents, several revisions, rich text, media, staff, archived comments, several sites, broken
 * lines.
 *
 * @returns the path of a `.tar.gz` in the folder
 */
export async function generateCoral(folder: string, { comments, origin }: CoralScale): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const next = createRandom(20_261_201);
  const below = (max: number): number => Math.floor(next() * max);
  const stories = Math.max(4, Math.ceil(comments / 200));
  const users = Math.max(20, Math.ceil(comments / 10));
  const names = [
    'tenants',
    'sites',
    'stories',
    'comments',
    'archivedComments',
    'commentActions',
    'archivedCommentActions',
    'commentModerationActions',
    'users',
  ] as const;
  const files = Object.fromEntries(
    names.map((name) => [name, new LineFile(join(folder, `${name}.json`))]),
  ) as Record<(typeof names)[number], LineFile>;
  const siteOf = (story: number): string => coralIds.site(story % 10 === 9 ? 2 : 1);

  await files.tenants.add(JSON.stringify({ id: TENANT, domain: 'coral.news.example', locale: 'en-US' }));
  // In the format of `--jsonArray`.
  await files.sites.add(
    JSON.stringify([
      {
        id: coralIds.site(1),
        tenantID: TENANT,
        name: 'News',
        allowedOrigins: [origin],
        createdAt: dateOf(START),
      },
      {
        id: coralIds.site(2),
        tenantID: TENANT,
        name: 'Sport',
        allowedOrigins: ['https://sport.example'],
        createdAt: dateOf(START),
      },
    ]),
  );
  for (let n = 0; n < users; n++) await files.users.add(JSON.stringify(userDocument(n, coralIds.site(1))));
  for (let n = 0; n < stories; n++) {
    const isOther = n % 10 === 9;
    await files.stories.add(
      JSON.stringify({
        id: coralIds.story(n),
        tenantID: TENANT,
        siteID: siteOf(n),
        url: `${isOther ? 'https://sport.example' : origin}/stories/${n}`,
        metadata: {
          title: `Story ${n}`,
          section: ['Politics', 'Local', 'Culture'][n % 3],
          publishedAt: dateOf(START + n * MINUTE),
        },
        settings: {},
        commentCounts: {},
        createdAt: dateOf(START + n * MINUTE),
        ...(n % 6 === 5 ? { closedAt: dateOf(START + n * 2 * MINUTE) } : {}),
      }),
    );
  }

  const recent: number[][] = Array.from({ length: stories }, () => []);
  let actions = 0;
  let decisions = 0;
  for (let n = 0; n < comments; n++) {
    const story = below(stories);
    const at = START + n * MINUTE;
    const recentComments = recent[story];
    const isDeleted = n % 211 === 210;
    const isArchived = story % 11 === 10;
    const parent =
      recentComments.length > 0 && next() < 0.55 ? recentComments[below(recentComments.length)] : null;
    const author = n % 71 === 0 ? below(4) : 4 + below(users - 4);
    const isGone = isDeleted || isDeletedUser(author);
    const status =
      n % 17 === 3
        ? 'REJECTED'
        : n % 101 === 7
          ? 'PREMOD'
          : n % 503 === 9
            ? 'SYSTEM_WITHHELD'
            : n % 3 === 0
              ? 'APPROVED'
              : 'NONE';
    const text = Array.from({ length: 8 + below(40) }, () => WORDS[below(WORDS.length)]).join(' ');
    const body =
      n % 53 === 11
        ? `<div><b>${text}</b><br></div><blockquote><div>${n} &amp; <i>so on</i></div></blockquote>`
        : `<div>${text} ${n}</div>`;
    const revisions = Array.from({ length: n % 97 === 0 ? 3 : 1 }, (_, index) => ({
      id: coralIds.revision(n, index),
      body: index === 0 ? body : `${body} Edited ${index}.`,
      actionCounts: {},
      metadata: { nudge: true, linkCount: 0 },
      createdAt: dateOf(at + index * 20_000),
      ...(n % 601 === 5
        ? {
            media: {
              type: 'giphy',
              id: 'g',
              url: 'https://giphy.com/gifs/g',
              original: '',
              still: '',
              video: '',
            },
          }
        : {}),
    }));
    const document = {
      _id: { $oid: n.toString(16).padStart(24, '0') },
      id: coralIds.comment(n),
      tenantID: TENANT,
      childIDs: [],
      childCount: 0,
      revisions: isGone ? [] : revisions,
      createdAt: dateOf(at),
      storyID: coralIds.story(story),
      siteID: siteOf(story),
      authorID: isGone ? null : coralIds.user(author),
      parentID:
        n % 307 === 300
          ? '00000000-dead-4000-8000-000000000000'
          : parent === null
            ? null
            : coralIds.comment(parent),
      ancestorIDs: parent === null ? [] : [coralIds.comment(parent)],
      status,
      tags: [
        ...(author < 4 ? [{ type: 'STAFF', createdAt: dateOf(at) }] : []),
        ...(n % 401 === 4
          ? [{ type: 'FEATURED', createdBy: coralIds.user(1), createdAt: dateOf(at + MINUTE) }]
          : []),
      ],
      actionCounts: {},
      ...(isGone ? { deletedAt: dateOf(at + 9 * MINUTE) } : {}),
    };
    await files[isArchived ? 'archivedComments' : 'comments'].add(JSON.stringify(document));
    if (n % 50_000 === 49_999) await files.comments.add(`{"id": "${idOf(9, n)}", "storyID": `);
    recentComments.push(n);
    if (recentComments.length > 12) recentComments.shift();

    const addAction = (more: CoralDocument): Promise<void> =>
      files[isArchived ? 'archivedCommentActions' : 'commentActions'].add(
        JSON.stringify({
          id: coralIds.action(actions++),
          tenantID: TENANT,
          commentID: coralIds.comment(n),
          commentRevisionID: revisions.at(-1)!.id,
          storyID: coralIds.story(story),
          siteID: siteOf(story),
          createdAt: dateOf(at + 2 * MINUTE),
          metadata: {},
          ...more,
        }),
      );
    for (let remaining = below(3); remaining > 0; remaining--)
      await addAction({ actionType: 'REACTION', userID: coralIds.user(4 + below(users - 4)) });
    if (n % 41 === 1)
      await addAction({
        actionType: 'FLAG',
        userID: coralIds.user(4 + below(users - 4)),
        reason: n % 2 === 0 ? 'COMMENT_REPORTED_SPAM' : 'COMMENT_REPORTED_ABUSIVE',
        additionalDetails: 'Look at this.',
        ...(n % 3 === 0 ? { reviewed: true } : {}),
      });
    if (n % 83 === 2)
      await addAction({ actionType: 'DONT_AGREE', userID: coralIds.user(4 + below(users - 4)) });
    if (status === 'PREMOD' || status === 'SYSTEM_WITHHELD' || n % 34 === 3)
      await addAction({ actionType: 'FLAG', userID: null, reason: 'COMMENT_DETECTED_TOXIC' });
    if (status === 'REJECTED' || status === 'APPROVED')
      await files.commentModerationActions.add(
        JSON.stringify({
          id: coralIds.decision(decisions++),
          tenantID: TENANT,
          commentID: coralIds.comment(n),
          commentRevisionID: revisions.at(-1)!.id,
          storyID: coralIds.story(story),
          status,
          moderatorID: n % 5 === 0 ? null : coralIds.user(1 + (n % 2)),
          createdAt: dateOf(at + 3 * MINUTE),
          ...(status === 'REJECTED'
            ? { rejectionReason: { code: 'HARASSMENT_BULLYING', detailedExplanation: 'Too personal.' } }
            : {}),
        }),
      );
  }
  await Promise.all(Object.values(files).map((file) => file.end()));

  const path = join(folder, 'coral.tar.gz');
  const archive = pack();
  const written = pipeline(
    archive as unknown as NodeJS.ReadableStream,
    createGzip({ level: 1 }),
    createWriteStream(path),
  );
  for (const name of names) {
    const file = join(folder, `${name}.json`);
    const entry = archive.entry({ name: `dump/${name}.json`, size: statSync(file).size });
    await pipeline(createReadStream(file), entry as unknown as NodeJS.WritableStream);
  }
  archive.finalize();
  await written;
  return path;
}

export interface Moderated {
  readonly text: string;
  readonly isRefused: boolean;
  /** Null if one of Coral's rules decided. */
  readonly by?: string | null;
  /** `mod` is a moderator. */
  readonly author?: 'ann' | 'mod';
}

/** Packs a tar of comments under one story, each with one decision. */
export function packModerated(origin: string, comments: readonly Moderated[]): Promise<Buffer> {
  const at = (n: number): CoralDocument => dateOf(START + n * MINUTE);
  const user = (id: string, role: string): CoralDocument => ({
    id,
    role,
    username: `Name of ${id}`,
    createdAt: at(0),
    profiles: [{ type: 'sso', id: `sub-${id}` }],
    status: {},
  });
  return packCoral({
    'sites.json': JSON.stringify([{ id: 'site-1', name: 'News', allowedOrigins: [origin] }]),
    'users.json': linesOf([user('ann', 'COMMENTER'), user('mod', 'MODERATOR')]),
    'stories.json': linesOf([
      { id: 'story-1', siteID: 'site-1', url: `${origin}/story-1`, metadata: {}, createdAt: at(0) },
    ]),
    'comments.json': linesOf(
      comments.map(({ text, isRefused, author = 'ann' }, n) => ({
        id: `c${n}`,
        siteID: 'site-1',
        storyID: 'story-1',
        authorID: author,
        status: isRefused ? 'REJECTED' : 'APPROVED',
        revisions: [{ id: `c${n}-1`, body: `<div>${text}</div>`, createdAt: at(n) }],
        createdAt: at(n),
        tags: [],
      })),
    ),
    'commentModerationActions.json': linesOf(
      comments.map(({ isRefused, by = 'mod' }, n) => ({
        id: `d${n}`,
        commentID: `c${n}`,
        commentRevisionID: `c${n}-1`,
        status: isRefused ? 'REJECTED' : 'APPROVED',
        moderatorID: by,
        createdAt: at(n + 1),
      })),
    ),
  });
}
