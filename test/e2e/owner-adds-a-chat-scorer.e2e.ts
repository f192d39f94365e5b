import { expect, it } from '@jest/globals';
import { CHAT_KEY, openChatServer, type ChatServer } from '../support/chat-server.js';
import { commentOf, openConsole, submitComment, useDemoSite, visitStory } from '../support/demo-site.js';
import { CONSOLE_VIEWPORTS, expectAccessibleLayout, PHONE_VIEWPORTS } from '../support/visual-checks.js';

const demoSite = useDemoSite();
/** The local model recognizes it as English and gives it low scores. */
const OFF_TOPIC = 'An offtopicword, by the way.';

it('an owner adds a chat model with the rules of the newsroom, and a moderator sees the rule that it cites', async () => {
  const server: ChatServer = await openChatServer();
  const owner = await openConsole(demoSite.browser, demoSite.product);
  const { page } = owner;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const expectLayout = async (name: string): Promise<void> => {
    await expectAccessibleLayout(page, `chat-scorer-${name}`, [...CONSOLE_VIEWPORTS, ...PHONE_VIEWPORTS]);
    await page.setViewportSize({ width: 1280, height: 900 });
  };
  try {
    await page.getByRole('link', { name: 'Scorers', exact: true }).click();
    await page.getByRole('heading', { name: 'Only the local model scores' }).waitFor();
    await expectLayout('none');
    await button('Add a scorer').first().click();
    await page.getByLabel('Kind').selectOption('chat');
    await page.getByLabel('Name').fill('House rules');
    await page.getByRole('textbox', { name: 'Key' }).fill(CHAT_KEY);
    await page.getByLabel('URL').fill(server.url);
    await button('Add the scorer').click();
    await page.getByText('Enter the name of the model.').waitFor();
    await expectLayout('incomplete');
    await page.getByLabel('Model').fill('gpt-oss-safeguard:20b');
    await page
      .getByLabel('Your rules')
      .fill('1. No personal attacks on other readers or on our authors.\n2. Stay on the topic of the story.');
    await page.getByLabel('Asked from a score of').fill('0');
    await page.getByLabel('Calls a day').fill('5000');
    await page.getByLabel('It may release comments').check();
    await page.getByLabel(/^Send the story/).check();
    await button('Add the scorer').click();
    await page.getByText('comments that the local model scores from 0 to 0.9; it may release them').waitFor();

    await page.getByLabel('Text', { exact: true }).fill(OFF_TOPIC);
    await button('Ask about this text').click();
    await page.getByText(/^It scored after/).waitFor();
    await page.getByText('Stay on the topic of the story.', { exact: true }).waitFor();
    await expectLayout('asked');

    server.verdict = { reason: 'It is about something else, and calls someone a faggot.' };
    const reader = await visitStory(demoSite.browser, demoSite.product, 'Insider Gold');
    await submitComment(reader, OFF_TOPIC);
    await commentOf(reader, OFF_TOPIC).getByText('Waits for a moderator').waitFor();
    await reader.close();
    await page.goto(`${new URL(page.url()).origin}/console/`);
    const held = page.getByRole('list', { name: 'Held: comments' }).getByRole('button');
    await held.filter({ hasText: OFF_TOPIC }).click();
    await page
      .getByText(/House rules: violation 0\.95 ≥ 0\.50/)
      .first()
      .waitFor();
    await page.getByText('Stay on the topic of the story.', { exact: true }).waitFor();
    await page
      .getByRole('button', { name: /hidden/i })
      .first()
      .waitFor();
    await expectLayout('held');

    // Last, because the demo's comments fail too, and several failures pause the scorer.
    await page.getByRole('link', { name: 'Scorers', exact: true }).click();
    await page.getByLabel('Text', { exact: true }).fill(OFF_TOPIC);
    server.behaviour = 'answers-in-prose';
    await button('Ask about this text').click();
    await page
      .getByText(/The model did not answer with one JSON object\.$/)
      .first()
      .waitFor();
    await expectLayout('failed');
    expect(owner.faults).toEqual([]);
  } finally {
    await owner.close();
    await server.close();
  }
});
