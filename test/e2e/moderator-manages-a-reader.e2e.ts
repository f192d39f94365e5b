import { expect, it } from '@jest/globals';
import { typeIntoFocusedField } from '../support/browser.js';
import { openConsole, useDemoSite, visitStory, submitComment } from '../support/demo-site.js';

const demoSite = useDemoSite();

it('a moderator finds a reader, messages and warns them, and undoes the removal of all their comments', async () => {
  const reader = await visitStory(demoSite.browser, demoSite.product, 'Insider Gold');
  await submitComment(reader, 'The second chart says the opposite of the headline.');
  const name = await reader.page
    .getByRole('article')
    .filter({ hasText: 'The second chart says the opposite' })
    .getByText(/^[A-Z]\S+ [A-Z]\S+$/)
    .first()
    .innerText();

  const consoleVisitor = await openConsole(demoSite.browser, demoSite.product);
  const { page } = consoleVisitor;
  await page.getByRole('navigation', { name: 'Queues and settings' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('u');
  await page.getByRole('heading', { name: 'Readers', exact: true }).waitFor();
  await page.keyboard.press('f');
  await typeIntoFocusedField(page, name.split(' ')[1].slice(0, 4).toUpperCase());
  await page.getByRole('heading', { level: 2, name }).waitFor();
  await page.getByText('The second chart says the opposite of the headline.').waitFor();

  await page.getByRole('button', { name: 'Message' }).click();
  await page.getByLabel('Message', { exact: true }).fill('Thank you for reading so closely.');
  await page.getByRole('button', { name: 'Send the message' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Change the standing' }).click();
  await page.getByRole('radio', { name: 'Warn' }).check();
  await page.getByLabel('Reason').fill('Please keep to the story.');
  await page.getByRole('button', { name: `Warn ${name}` }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('tab', { name: /History/ }).click();
  await page.getByText('Thank you for reading so closely.').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Warned' }).waitFor();

  await page.getByRole('button', { name: 'Remove everything…' }).click();
  await page.getByRole('button', { name: /^Remove \d+ comments?$/ }).click();
  await page.getByText(/^Removed \d+ comments?/).waitFor();
  // The page ignores keys while a dialog is open, including one that is closing.
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('u');
  await page.getByText(/^Taken back/).waitFor();
  await page.getByText(/^Removed \d+ comments?/).waitFor({ state: 'detached' });

  // The reader sees the change under the story, and the comment is still there.
  await reader.page.reload();
  await reader.page.getByRole('button', { name: /notification/i }).click();
  await reader.page.getByText('A message from the moderators').waitFor();
  await reader.page.getByText('Please keep to the story.').waitFor();
  expect([...consoleVisitor.faults, ...reader.faults]).toEqual([]);
  await reader.close();
  await consoleVisitor.close();
});
