/** About a second at worst: five thousand words made for the text they meet. */
const MAX_STEPS = 30_000_000;

/** Thrown where a list and a text, made for each other, would keep a worker busy: then a person has to read. */
export class TooManyStepsError extends Error {
  override readonly name = 'TooManyStepsError';
}

/** What finding may cost, counted in comparisons of letters; the work itself never goes back, but lists are long. */
export class StepBudget {
  constructor(private left: number = MAX_STEPS) {}

  /** @throws TooManyStepsError when it is used up */
  spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new TooManyStepsError('the words of a list take too long to look for');
  }
}
