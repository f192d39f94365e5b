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
