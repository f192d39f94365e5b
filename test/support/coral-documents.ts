import { expect } from '@jest/globals';
import type { TestApp } from './app.js';
import { dateOf, type CoralDocument } from './coral-export.js';
import { until } from './processes.js';
import type { Json } from './site-fixture.js';
import type { TestSite } from './sites.js';

export const START = Date.UTC(2024, 4, 1, 12);
export const at = (minutes: number): CoralDocument => dateOf(START + minutes * 60_000);
export const iso = (minutes: number): string => new Date(START + minutes * 60_000).toISOString();

export const user = (id: string, more: CoralDocument = {}): CoralDocument => ({
  id,
  username: `Name of ${id}`,
  role: 'COMMENTER',
  createdAt: at(-1000),
  profiles: [{ type: 'sso', id: `sub-${id}` }],
  status: {
    ban: { active: false, history: [] },
    suspension: { history: [] },
    premod: { active: false, history: [] },
  },
  ...more,
});
export const story = (id: string, more: CoralDocument = {}): CoralDocument => ({
  id,
  siteID: 'site-1',
  url: `https://news.example/${id}`,
  metadata: { title: `About ${id}`, section: 'Local' },
  createdAt: at(-500),
  ...more,
});
export const comment = (id: string, minutes: number, more: CoralDocument = {}): CoralDocument => ({
  id,
  siteID: 'site-1',
  storyID: 'story-1',
  authorID: 'ann',
  status: 'NONE',
  revisions: [{ id: `${id}-1`, body: `<div>Text of ${id}</div>`, createdAt: at(minutes) }],
  createdAt: at(minutes),
  tags: [],
  ...more,
});
export const action = (
  commentID: string,
  userID: string | null,
  actionType: string,
  more: CoralDocument = {},
): CoralDocument => ({
  id: `${commentID}-${userID}-${actionType}`,
  commentID,
  userID,
  actionType,
  createdAt: at(90),
  ...more,
});
export const decision = (
  id: string,
  commentID: string,
  status: string,
  minutes: number,
  more: CoralDocument = {},
): CoralDocument => ({
  id,
  commentID,
  commentRevisionID: `${commentID}-1`,
  status,
  moderatorID: 'mod',
  createdAt: at(minutes),
  ...more,
});

/** Uploads export files to a running product and waits for their imports. */
export function coralImports(app: () => TestApp) {
  async function upload(
    site: TestSite,
    file: Buffer,
    query = 'format=coral',
    headers: Record<string, string> = {},
  ) {
    const answer = await fetch(`${app().url}/api/v1/sites/${site.id}/imports?${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app().adminKey}`, ...headers },
      body: new Uint8Array(file),
    });
    return { status: answer.status, body: (await answer.json()) as Json };
  }

  async function finished(site: TestSite, id: string): Promise<Json> {
    let body: Json;
    await until(async () => {
      ({ body } = await site.publisher('GET', `/imports/${id}`));
      return body.state !== 'running';
    }, 120_000);
    return body;
  }

  async function imported(site: TestSite, file: Buffer, query?: string): Promise<Json> {
    const { status, body } = await upload(site, file, query);
    expect(status).toBe(202);
    return finished(site, body.id);
  }

  return { upload, finished, imported };
}
