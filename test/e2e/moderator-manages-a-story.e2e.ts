import { beforeAll, expect, it } from '@jest/globals';
import { typeIntoFocusedField, type Visitor } from '../support/browser.js';
import {
  commentOf,
  openConsole,
  revealNewComments,
  useDemoSite,
  visitStory,
  submitComment,
} from '../support/demo-site.js';

const demoSite = useDemoSite();
let consoleVisitor: Visitor;

beforeAll(async () => {
  consoleVisitor = await openConsole(demoSite.browser, demoSite.product);
});

it('a moderator replies to a reader as the publication, and the reader sees that the reply is official', async () => {
  const reader = await visitStory(demoSite.browser, demoSite.product, 'Insider Gold');
  await submitComment(reader, 'Who paid for the second study, and when?');
  await commentOf(reader, 'Who paid for the second study')
    .getByRole('button', { name: /^Reply to/ })
    .waitFor();
  const { page } = consoleVisitor;
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.getByLabel('Words').fill('second study');
  await page.keyboard.press('Enter');
  const found = page.getByRole('region', { name: 'Comments that were found' });
  await found.getByRole('button', { name: 'Who paid for the second study' }).click();
  const conversation = page.getByRole('dialog', { name: 'Conversation' });
  await conversation.getByRole('button', { name: /^Answer as .*, to / }).click();
  await typeIntoFocusedField(page, 'The university did, in March. We have added it to the story.');
  await conversation.getByRole('button', { name: /^Answer as/ }).click();
  await conversation.getByText('written by Owner').waitFor();
  await page.keyboard.press('Escape');
  await conversation.waitFor({ state: 'detached' });

  await revealNewComments(reader, 'The university did, in March.');
  const answer = commentOf(reader, 'The university did, in March.').last();
  await answer.getByText('The Meridian', { exact: true }).waitFor();
  await answer.getByText('Staff', { exact: true }).waitFor();
  expect([...consoleVisitor.faults, ...reader.faults]).toEqual([]);
  await reader.close();
});

it('a moderator finds a story, turns strict mode on and off, and closes the story', async () => {
  const { page } = consoleVisitor;
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await page.getByRole('heading', { name: 'Stories', exact: true }).waitFor();
  await page.keyboard.press('f');
  await typeIntoFocusedField(page, 'small funds');
  await page
    .getByRole('rowheader')
    .getByRole('link', { name: /small funds/i })
    .first()
    .click();
  await page.getByRole('button', { name: 'Strict mode…' }).waitFor();
  // Keyboard: the sidebar is a single tab stop, and focus stays on the control that was used.
  await page.getByRole('button', { name: 'To the content' }).press('Enter');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
  const pick = page.getByRole('button', { name: 'Pick' }).first();
  await pick.press('Enter');
  await page.getByRole('button', { name: 'Pick', pressed: true }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Pick');
  const write = page.getByRole('button', { name: /^Write as/ });
  await write.press('Enter');
  await page.getByLabel(/^As /).press('Escape');
  await write.waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Write as/);

  await page.getByRole('button', { name: 'Strict mode…' }).click();
  await page.getByLabel('Reason').fill('Before the court.');
  await page.getByRole('button', { name: 'Set strict mode' }).click();
  await page.getByText('Before the court.').waitFor();
  await page.getByRole('button', { name: 'End strict mode' }).click();
  await page.getByText('Before the court.').waitFor({ state: 'detached' });
  // Keyboard: moving through the options does not select one.
  await page.getByRole('button', { name: 'When it closes: Stays open' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Stays open' }).press('ArrowDown');
  await page.getByRole('menuitem', { name: 'Closes in 1 day' }).press('ArrowDown');
  await page.getByRole('menuitem', { name: 'Closes in 3 days' }).press('ArrowDown');
  await page.getByRole('menuitem', { name: 'Closes in a week' }).press('Enter');
  await page.getByText(/Open until/).waitFor();
  await page.getByRole('button', { name: 'Close now' }).click();
  await page.getByRole('button', { name: 'Open again' }).waitFor();
  await page.getByText(/Closed ·/).waitFor();
  expect(consoleVisitor.faults).toEqual([]);
});
