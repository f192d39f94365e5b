import { describe, expect, it } from '@jest/globals';
import { isReworded } from './reworded.js';

const BIKES = 'Cycle lanes on Harbour Street would make the way to school safer for hundreds of children.';

describe('the comparison of words', () => {
  it('finds a copy with other words and another order', () => {
    expect(
      isReworded(
        BIKES,
        'For hundreds of children the school way gets safer with cycle lanes on Harbour Street!',
      ),
    ).toBe(true);
  });

  it('tells apart comments about the same subject', () => {
    expect(
      isReworded(
        BIKES,
        'Cycle lanes on Harbour Street only slow down deliveries, and hardly anybody would use them.',
      ),
    ).toBe(false);
  });

  it('ignores short texts', () => {
    expect(isReworded('Completely agreed, thank you!', 'Completely agreed, thank you.')).toBe(false);
  });
});
