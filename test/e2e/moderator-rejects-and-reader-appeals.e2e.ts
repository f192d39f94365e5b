import { beforeAll, expect, it } from '@jest/globals';
import { typeIntoFocusedField, Visitor } from '../support/browser.js';
import type { Json } from '../support/site-fixture.js';
import { commentOf, openConsole, useDemoSite, visitStory } from '../support/demo-site.js';
import { PRODUCT_ADMIN_KEY } from '../support/product.js';

const COMMENT_TEXT = 'The victim was Ms Mokoena of number nine. f4gg0t';
const REASON_TEXT = 'Your comment names somebody who was harmed. Leave the name out, and you are welcome.';

const REASON_TEXT_GERMAN = 'Ihr Kommentar nennt ein Opfer beim Namen. Ohne den Namen ist er willkommen.';

const demoSite = useDemoSite();
let owner: Visitor;
let author: Visitor;

beforeAll(async () => {
  owner = await openConsole(demoSite.browser, demoSite.product);
  author = await visitStory(demoSite.browser, demoSite.product, 'Insider Gold');
});

const admin = async (method: string, path: string, body?: unknown): Promise<Json> =>
  (await demoSite.product.call<Json>(method, `/api/v1${path}`, { token: PRODUCT_ADMIN_KEY, body })).body;

/** Signs in a colleague of the owner through an invitation link. */
async function signInInvited(name: string): Promise<Visitor> {
  const site = (await admin('GET', '/sites')).items[0].id;
  const { link } = await admin('POST', `/sites/${site}/moderators`, { name, role: 'moderator' });
  const visitor = await Visitor.open(demoSite.browser);
  await visitor.page.goto(link.replace('127.0.0.1', 'localhost'));
  await visitor.page.getByRole('button', { name: 'Later' }).click();
  return visitor;
}

/** Opens the comment from a list, after loading new arrivals. */
async function openComment({ page }: Visitor, list: string): Promise<void> {
  const row = page
    .getByRole('list', { name: `${list}: comments` })
    .getByRole('button')
    .filter({ hasText: 'Mokoena' });
  const newCommentsButton = page.getByRole('button', { name: /\d+ new/ });
  await row.or(newCommentsButton).first().waitFor();
  if ((await row.count()) === 0) await newCommentsButton.click();
  await row.click();
}

it('an owner writes a custom reason and assigns a key to it', async () => {
  const { page } = owner;
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('y');
  await page.getByText('Reasons', { exact: true }).click();
  await page.getByRole('button', { name: 'Add a reason' }).click();
  // Focus moves to the new reason and stays on it when its position changes.
  await typeIntoFocusedField(page, 'Names a victim');
  await page.getByLabel('The author reads').last().fill(REASON_TEXT);
  await page.getByLabel('Words in').selectOption('de');
  await page.getByLabel('The author reads, in German').last().fill(REASON_TEXT_GERMAN);
  await page.getByLabel('Words in').selectOption('');
  expect(await page.getByLabel('The author reads').last().inputValue()).toBe(REASON_TEXT);
  await page.getByRole('button', { name: 'Move Names a victim up' }).click();
  await page.keyboard.press('Enter');
  const rows = page.getByRole('list', { name: 'Reasons, in the order of the keys' }).getByRole('listitem');
  expect(await rows.nth(7).getByLabel('Moderators see').inputValue()).toBe('Names a victim');
  await page.getByText('names-a-victim').waitFor();
  await page.getByLabel('1 change, not saved. Why?').fill('After the trial.');
  await page.getByRole('button', { name: /Save as version/ }).click();
  await page.getByRole('button', { name: /Save as version/ }).waitFor({ state: 'detached' });
  expect(owner.faults).toEqual([]);
});

it('a moderator previews the reason and rejects a comment with it, and the author reads it under the story', async () => {
  const { page } = owner;
  const setPageLanguage = (lang: string) =>
    author.page.locator('postbag-comments').evaluate((element, to) => element.setAttribute('lang', to), lang);
  await setPageLanguage('de-AT');
  await author.page.getByLabel('Ihr Kommentar').click();
  await author.page.getByLabel('Ihr Kommentar').fill(COMMENT_TEXT);
  await author.page.getByRole('button', { name: 'Kommentar senden' }).click();
  await commentOf(author, 'Mokoena').getByText('Wartet auf die Moderation').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  await openComment(owner, 'Held');
  await page.keyboard.press('r');
  const reasons = page.getByRole('group', { name: 'Reject: choose a reason' });
  await reasons.getByRole('button', { name: 'Names a victim' }).waitFor();
  // The reason for which the comment was held is preselected.
  expect(await reasons.locator('button[data-chosen]').innerText()).toContain('Abuse or insult');
  await reasons.getByText('The author will read, in German').waitFor();
  const last = reasons.locator('button[data-chosen]').filter({ hasText: 'Names a victim' });
  for (let down = 0; down < 9 && !(await last.isVisible()); down++) await page.keyboard.press('ArrowDown');
  await reasons.getByText(REASON_TEXT_GERMAN).waitFor();
  await page.keyboard.press('8');
  await commentOf(author, 'Mokoena').getByText(REASON_TEXT_GERMAN).waitFor();
  // The message keeps the language in which it was sent, regardless of the page's language.
  await setPageLanguage('en');
  await commentOf(author, 'Mokoena').getByText(REASON_TEXT_GERMAN).waitFor();
});

it('the author appeals, another moderator decides, and the author learns the outcome', async () => {
  await commentOf(author, 'Mokoena').getByRole('button', { name: 'Ask for another look' }).click();
  await author.page
    .getByLabel('Why should it be published?')
    .fill('She told her story in this paper herself.');
  await author.page.getByRole('button', { name: 'Send to the moderators' }).click();
  await commentOf(author, 'Mokoena').getByText('You asked for another look').waitFor();

  // The moderator who rejected the comment cannot decide the appeal. The console says so before they try, and opening
  // the appeal does not claim it.
  await owner.page.getByRole('link', { name: /^Appealed/ }).click();
  await openComment(owner, 'Appealed');
  await owner.page.getByText('You rejected this comment yourself').waitFor();
  expect(await owner.page.getByRole('button', { name: /^(Restore|Keep rejected)/ }).count()).toBe(0);
  await owner.page.keyboard.press('a');

  const ida = await signInInvited('Ida');
  await ida.page.getByRole('link', { name: /^Appealed/ }).click();
  await openComment(ida, 'Appealed');
  await ida.page.getByText('She told her story in this paper herself.').first().waitFor();
  // All actions are shown, even with long labels and while the owner has the comment open.
  const bar = ida.page.getByRole('group', { name: 'Decide' });
  await bar.waitFor();
  const site = (await admin('GET', '/sites')).items[0].id;
  const { items } = await admin('GET', `/moderation/queue?site=${site}&state=appealed`);
  expect(items.flatMap(({ claimants }: Json) => claimants).map(({ name }: Json) => name)).not.toContain(
    'Owner',
  );
  const [whole, last] = await Promise.all([bar.boundingBox(), bar.getByRole('button').last().boundingBox()]);
  expect(last!.x + last!.width).toBeLessThanOrEqual(whole!.x + whole!.width);
  await ida.page.keyboard.press('a');
  await commentOf(author, 'Mokoena')
    .getByRole('button', { name: /^Reply to/ })
    .waitFor();

  // Search finds it by word prefixes, with its current status.
  await ida.page.keyboard.press('g');
  await ida.page.keyboard.press('s');
  await ida.page.getByLabel('Words').fill('mokoe num');
  await ida.page.keyboard.press('Enter');
  const found = ida.page.getByRole('region', { name: 'Comments that were found' }).getByRole('row');
  await found.filter({ hasText: 'Ms Mokoena' }).getByText('published').waitFor();
  await ida.page.getByLabel('State').selectOption('rejected');
  await ida.page.getByRole('button', { name: 'Search' }).click();
  await ida.page.getByRole('heading', { name: 'No comment is like that' }).waitFor();
  expect([...ida.faults, ...author.faults]).toEqual([]);
});
