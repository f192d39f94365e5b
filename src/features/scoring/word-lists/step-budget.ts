/** About a second in the worst case: a list of five thousand words crafted for the text. */
const MAX_STEPS = 30_000_000;

/**
 * Thrown if matching a list against a text would keep a worker busy for too long; the comment is then held for a
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
    if (this.left < 0)
      throw new TooManyStepsError('matching the word list against the text takes too many steps');
  }
}
