/** About a second in the worst case: five thousand words made to match the text. */
const MAX_STEPS = 30_000_000;

/**
 * Thrown if a list and a text, made for each other, would keep a worker busy; the comment is then held for a
 * moderator.
 */
export class TooManyStepsError extends Error {
  override readonly name = 'TooManyStepsError';
}

/** Limits the cost of matching, counted in letter comparisons. Matching never backtracks, but lists are long. */
export class StepBudget {
  constructor(private left: number = MAX_STEPS) {}

  /** @throws TooManyStepsError if the budget is used up */
  spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new TooManyStepsError('the words of a list take too long to look for');
  }
}
