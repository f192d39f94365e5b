import type { Page } from 'playwright-core';

/** One state of a screen beside the queue, reached in the demo paper's console as its owner. */
export interface StaffState {
  readonly name: string;
  /** Below `/console`. */
  readonly path: string;
  /** Leads to the state, and waits until it is there. */
  then(page: Page): Promise<unknown>;
}

export const STAFF_STATES: readonly StaffState[] = [
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
      await page.getByText('are as they were written').waitFor();
    },
  },
  {
    name: 'audit-nothing',
    path: '/audit?subject=nobody',
    then: (page) => page.getByRole('heading', { name: 'Nothing is like that' }).waitFor(),
  },
];
