import type { Locator, Page } from 'playwright-core';

/**
 * A state of a console screen, reached in the console of the demo site. The visitor is the owner unless the state says
 * otherwise.
 */
export interface ConsoleState {
  readonly name: string;
  /** The visitor is signed out. */
  readonly isSignedOut?: true;
  /** Path below `/console`. `EMPTY_SITE` is replaced by the ID of a site without any activity. */
  readonly path: string;
  /** The visitor is Selma, a moderator who is limited to two sections. */
  readonly isLimited?: true;
  /** Also checked on a phone. */
  readonly isCheckedOnPhone?: true;
  /** Runs before the page opens. Request interceptors that it registers are removed afterwards. */
  before?(page: Page): Promise<unknown>;
  /** Brings the page to the state and waits until it is shown. */
  then(page: Page): Promise<unknown>;
}

/** Reloads the page until the element is shown, because the demo posts its sample comments after the start. */
async function waitUntilShown(page: Page, element: Locator): Promise<void> {
  while (
    !(await element.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    ))
  )
    await page.reload();
}

export const CONSOLE_STATES: readonly ConsoleState[] = [
  {
    name: 'queue-nothing-so',
    path: '/?standing=banned',
    async then(page) {
      await page.getByRole('heading', { name: 'Nothing is waiting.' }).waitFor();
      await page.keyboard.press('f');
      await page.getByRole('dialog', { name: 'Filter' }).waitFor();
    },
  },
  {
    name: 'keys',
    path: '/?standing=banned',
    async then(page) {
      await page.getByRole('heading', { name: 'Nothing is waiting.' }).waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).getByText('Audit').waitFor();
    },
  },
  {
    name: 'search',
    path: '/search',
    then: (page) => page.getByRole('region', { name: 'Comments that were found' }).waitFor(),
  },
  {
    name: 'search-nothing',
    path: '/search?q=nobodywrotethis',
    then: (page) => page.getByRole('heading', { name: 'No comment is like that' }).waitFor(),
  },
  {
    name: 'search-answer',
    path: '/search?status=published',
    async then(page) {
      await page
        .getByRole('region', { name: 'Comments that were found' })
        .getByRole('button')
        .first()
        .click();
      await page
        .getByRole('button', { name: /^Answer as .*, to / })
        .first()
        .click();
      await page.getByLabel(/^As /).fill('We asked, and this is what we were told.');
    },
  },
  {
    name: 'policy-rules',
    path: '/policy',
    then: (page) => page.getByLabel('Insult, held from').waitFor(),
  },
  {
    name: 'policy-words',
    path: '/policy',
    async then(page) {
      await page.getByLabel('Banned: rejected').fill('gadget\nfund*');
      await page.getByLabel('Try a text on them').fill('Small funds, big gadgets');
      await page.getByText('finds').first().waitFor();
      await page.getByRole('button', { name: 'What would these have caught last month?' }).click();
      await page.getByRole('region', { name: 'What each entry would have caught' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'policy-reasons',
    path: '/policy?view=reasons',
    async then(page) {
      await page.getByRole('button', { name: 'Add a reason' }).click();
      await page.getByLabel('Moderators see').last().fill('Names a victim');
      await page.getByLabel('1 change, not saved. Why?').waitFor();
    },
  },
  {
    name: 'policy-reasons-german',
    path: '/policy?view=reasons',
    async then(page) {
      await page.getByLabel('Words in').selectOption('de');
      await page.getByLabel('The author reads, in German').nth(1).fill('Wir veröffentlichen keinen Hass.');
      await page.getByText('In every other language: ').waitFor();
    },
  },
  {
    name: 'policy-reasons-arabic',
    path: '/policy?view=reasons',
    async then(page) {
      await page.getByLabel('Words in').selectOption('ar');
      await page.getByLabel('The author reads, in Arabic').first().waitFor();
    },
  },
  {
    name: 'policy-replay',
    path: '/policy',
    async then(page) {
      await page.getByLabel('Banned: rejected').fill('fund*');
      await page.getByRole('button', { name: 'Replay', exact: true }).click();
      await page.getByRole('cell', { name: 'done' }).first().waitFor();
    },
  },
  {
    name: 'policy-versions',
    path: '/policy',
    async then(page) {
      await page.getByLabel('Insult, held from').fill('0.55');
      await page.getByLabel('1 change, not saved. Why?').fill('Too much got through.');
      await page.getByRole('button', { name: /Save as version/ }).click();
      await page.getByRole('button', { name: /Save as version/ }).waitFor({ state: 'detached' });
      await page.getByText('Versions', { exact: true }).click();
      await page.getByText('insult: held from').first().waitFor();
    },
  },
  {
    name: 'audit',
    path: '/audit',
    then: (page) => page.getByRole('row').nth(3).waitFor(),
  },
  {
    name: 'audit-checked',
    path: '/audit',
    async then(page) {
      await page.getByRole('button', { name: 'Check the record' }).click();
      await page.getByText('are unchanged').waitFor();
    },
  },
  {
    name: 'audit-nothing',
    path: '/audit?subject=nobody',
    then: (page) => page.getByRole('heading', { name: 'No matching entries' }).waitFor(),
  },
  {
    name: 'readers',
    path: '/readers',
    then: (page) => waitUntilShown(page, page.getByRole('tabpanel').getByRole('listitem').first()),
  },
  {
    name: 'readers-nobody',
    path: '/readers?q=nobody-is-called-so',
    then: (page) => page.getByText('Nobody is found by that').waitFor(),
  },
  {
    name: 'readers-standing',
    path: '/readers',
    async then(page) {
      await page.getByRole('button', { name: 'Change the standing' }).click();
      await page.getByRole('radio', { name: 'Suspend' }).check();
      await page.getByRole('button', { name: /^Suspend until/ }).waitFor();
    },
  },
  {
    name: 'readers-removal',
    path: '/readers',
    async then(page) {
      await page.getByRole('button', { name: 'Remove everything…' }).click();
      await page.getByRole('button', { name: /^Remove \d+ comment/ }).waitFor();
    },
  },
  {
    name: 'stories',
    path: '/stories',
    then: (page) => waitUntilShown(page, page.getByRole('rowheader').first()),
  },
  {
    name: 'story-write',
    path: '/stories',
    async then(page) {
      await waitUntilShown(page, page.getByRole('rowheader').first());
      await page.getByRole('rowheader').getByRole('link').first().click();
      await page.getByRole('button', { name: /^Write as / }).click();
      await page.getByLabel(/^As /).fill('Questions to the author are answered here until six.');
    },
  },
  {
    name: 'story-authors',
    path: '/stories',
    async then(page) {
      await waitUntilShown(page, page.getByRole('rowheader').first());
      await page.getByRole('rowheader').getByRole('link').first().click();
      await page.getByRole('button', { name: 'Change…' }).click();
      await page.getByLabel('Email addresses of the story’s authors').fill('energy@meridian.example, nobody');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('“nobody” is not an email address.').waitFor();
    },
  },
  {
    name: 'story-strict',
    path: '/stories',
    async then(page) {
      await waitUntilShown(page, page.getByRole('rowheader').first());
      await page.getByRole('rowheader').getByRole('link').first().click();
      await page.getByRole('button', { name: 'Strict mode…' }).click();
      await page.getByLabel('Reason').fill('Before the court.');
    },
  },
  {
    name: 'security',
    path: '/security',
    then: (page) => page.getByRole('button', { name: 'Set up an app…' }).waitFor(),
  },
  {
    name: 'security-newsroom',
    path: '/security?sso=taken',
    async then(page) {
      await page.getByRole('alert').filter({ hasText: 'belongs to another account here' }).waitFor();
      await page.getByRole('button', { name: 'Connect', exact: true }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'security-app',
    path: '/security',
    async then(page) {
      await page.getByRole('button', { name: 'Set up an app…' }).click();
      await page.getByRole('img', { name: 'QR code for your app' }).waitFor();
    },
  },
  {
    name: 'team-rule',
    path: '/team',
    async then(page) {
      await page.getByRole('switch', { name: 'Everybody signs in with a second factor' }).waitFor();
      await page.getByRole('button', { name: 'Reset second factor of Walt' }).waitFor();
    },
  },
  {
    name: 'team-reset-factor',
    path: '/team',
    async then(page) {
      await page.getByRole('button', { name: 'Reset second factor of Walt' }).click();
      await page.getByRole('button', { name: 'Cancel' }).waitFor();
    },
  },
  {
    name: 'team-remove',
    path: '/team',
    async then(page) {
      await page.getByRole('button', { name: /^Remove Bartholomew/ }).click();
      await page.getByRole('button', { name: 'Cancel' }).waitFor();
    },
  },
  {
    name: 'team-invite-sections',
    path: '/team',
    async then(page) {
      await page.getByRole('button', { name: /Invite someone/ }).click();
      await page.getByLabel('Name').fill('Somebody New');
      const sections = page.getByRole('combobox', { name: 'Sections (optional)' });
      await sections.fill('Energy');
      await sections.press('Enter');
      await sections.fill('E');
      await page.getByRole('option', { name: 'Economy' }).waitFor();
    },
  },
  {
    name: 'team-sections',
    path: '/team',
    async then(page) {
      await page.getByRole('button', { name: 'Sections of Selma' }).click();
      await page.getByRole('button', { name: 'Limit to these' }).waitFor();
    },
  },
  {
    name: 'team-sections-end',
    path: '/team',
    async then(page) {
      await page.getByLabel('Role of Selma').selectOption('admin');
      await page.getByRole('button', { name: 'Make them Admin' }).waitFor();
      await page.getByText('They will no longer be limited to Economy and Energy').waitFor();
    },
  },
  {
    name: 'sections-queue',
    path: '/?state=published',
    isLimited: true,
    async then(page) {
      await page.getByText('Sections: Economy, Energy').waitFor();
      await page.getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'sections-stories',
    path: '/stories',
    isLimited: true,
    then: (page) => waitUntilShown(page, page.getByRole('rowheader').first()),
  },
  {
    name: 'sections-reader',
    path: '/readers',
    isLimited: true,
    async then(page) {
      await waitUntilShown(page, page.getByRole('button', { name: 'Change the standing' }));
      await page.getByText('What was written in Economy, Energy is shown').waitFor();
      await page.getByRole('button', { name: 'Change the standing' }).click();
      await page.getByText('Your role is limited to sections.').waitFor();
    },
  },
  {
    name: 'overview',
    path: '/overview',
    then: (page) =>
      waitUntilShown(
        page,
        page.getByRole('region', { name: 'Stories of the last hour' }).getByRole('link').first(),
      ),
  },
  {
    name: 'quality',
    path: '/quality',
    then: (page) => waitUntilShown(page, page.getByRole('region', { name: 'Rules and how often they err' })),
  },
  {
    name: 'quality-scores',
    path: '/quality?days=90',
    async then(page) {
      await waitUntilShown(page, page.getByRole('list', { name: 'Suggested thresholds' }));
      await page.getByRole('heading', { name: 'Scores against people' }).scrollIntoViewIfNeeded();
      await page.getByRole('heading', { name: 'People, and appeals' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'quality-empty',
    path: '/quality?site=EMPTY_SITE',
    then: (page) => page.getByRole('heading', { name: 'No decisions in this period' }).waitFor(),
  },
  {
    name: 'overview-empty',
    path: '/overview?site=EMPTY_SITE',
    then: (page) => page.getByText('Nobody has written anything in the last hour.').waitFor(),
  },
  {
    name: 'sample-empty',
    path: '/sample?site=EMPTY_SITE',
    then: (page) => page.getByRole('heading', { name: 'Nothing waits for you here' }).waitFor(),
  },
  {
    name: 'quality-sampling',
    path: '/quality?part=sample',
    async then(page) {
      await page.getByRole('button', { name: 'Draw a sample now' }).click();
      await page.getByRole('cell', { name: 'when asked' }).waitFor();
    },
  },
  {
    name: 'sample',
    path: '/sample',
    then: (page) => page.getByRole('button', { name: 'I would refuse it' }).waitFor(),
  },
  {
    name: 'sample-judged',
    path: '/sample',
    async then(page) {
      // The comment is drawn at random, and nobody can differ about one that was held.
      const comparison = page.getByText(/^You (differ|agree)\.$/);
      for (;;) {
        await page.getByRole('button', { name: 'I would refuse it' }).click();
        await comparison.waitFor();
        if ((await comparison.textContent()) === 'You differ.') return;
        await page.getByRole('button', { name: 'Next text' }).click();
      }
    },
  },
];

const refusedSignIn = (why: string, text: string): ConsoleState => ({
  name: `sign-in-newsroom-${why}`,
  isSignedOut: true,
  path: `/sign-in?refusedSignIn=${why}`,
  async then(page) {
    await page.getByRole('alert').filter({ hasText: text }).waitFor();
    await page.getByRole('link', { name: 'Sign in with the Meridian’s account' }).waitFor();
  },
});

/** The sign-in screen when single sign-on is also available, and the states after returning from it. */
export const SIGN_IN_STATES: readonly ConsoleState[] = [
  {
    name: 'sign-in-newsroom',
    isSignedOut: true,
    path: '/sign-in',
    then: (page) => page.getByRole('link', { name: 'Sign in with the Meridian’s account' }).waitFor(),
  },
  refusedSignIn('unknown', 'Nobody with that address'),
  refusedSignIn('not-connected', 'is not connected with the newsroom’s sign-in'),
  refusedSignIn('client', 'did not accept Postbag’s registration'),
  refusedSignIn('denied', 'sign-in without signing in'),
  refusedSignIn('stale', 'took too long'),
  refusedSignIn('failed', 'sent an invalid response'),
  refusedSignIn('unavailable', 'does not answer'),
];
