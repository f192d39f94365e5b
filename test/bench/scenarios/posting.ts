import { inTurns, rateFigure, type Figure } from '../figure.js';
import { makeDataset } from '../dataset.js';
import { fire, type Shot } from '../load.js';
import { startCeiling, startProduct } from '../servers.js';
import type { Bed } from './scenario.js';

const POSTS = 3_000;
const ROUNDS = 3;

/** An API process alone: what it accepts stays queued, as in the ceiling. */
export async function measurePosting({ databaseUrl, env }: Bed): Promise<Figure[]> {
  const product = await startProduct({ DATABASE_URL: databaseUrl, ROLE: 'api', ...env });
  const data = await makeDataset(product, databaseUrl, 10, 200);
  const ceiling = await startCeiling({
    DATABASE_URL: databaseUrl,
    SITE_ID: data.siteId,
    STORY_ID: data.storyId,
    AUTHOR_ID: data.authorId,
  });
  let said = 0;
  const body = (): string =>
    JSON.stringify({
      body: `Number ${++said} of many: who asked for the second version of the report, and what did it cost us?`,
    });
  const json = { 'content-type': 'application/json' };
  const ours = (): Shot[] =>
    Array.from({ length: POSTS }, (_, n) => ({
      method: 'POST',
      path: `/api/v1/sites/${data.siteId}/stories/${data.storyKey}/comments`,
      headers: { ...json, authorization: `Bearer ${data.tokens[n % data.tokens.length]}` },
      body: body(),
    }));
  const theirs = (): Shot[] =>
    Array.from({ length: POSTS }, () => ({ method: 'POST', path: '/write', headers: json, body: body() }));
  // Readers are made by their first comment, and programs are slow at first; that is not what is measured.
  await fire(product.url, ours());
  await fire(ceiling.url, theirs());
  const rates = await inTurns(
    ROUNDS,
    () => fire(product.url, ours()),
    () => fire(ceiling.url, theirs()),
  );
  await ceiling.stop();
  await product.stop();
  return [rateFigure('posting', rates, 0.6)];
}
