import type { DraftScore, ErrorCount, VerdictCell } from './policy-simulation.dto.js';
import type { Tally } from './replay.repository.js';

/** Computes the numbers of errors from a tally. The decisions of people count as correct. */
export function draftScoreOf(tally: Tally): DraftScore {
  const cells = Object.entries(tally)
    .filter(([cell]) => cell !== 'unscored')
    .map(([cell, comments]): VerdictCell => {
      const [live, draft, people] = cell.split('/');
      return { live, draft, people: people === 'none' ? null : people, comments };
    })
    .sort((a, b) => b.comments - a.comments);
  const sum = (matches: (cell: VerdictCell) => boolean): number =>
    cells.filter(matches).reduce((total, { comments }) => total + comments, 0);
  const errorsOf = (side: 'live' | 'draft'): ErrorCount => ({
    falseHolds: sum((cell) => cell[side] !== 'publish' && cell.people === 'publish'),
    falsePasses: sum((cell) => cell[side] === 'publish' && cell.people === 'refuse'),
    held: sum((cell) => cell[side] === 'hold'),
  });
  return {
    cells,
    different: sum(({ live, draft }) => live !== draft),
    unscored: tally['unscored'] ?? 0,
    live: errorsOf('live'),
    draft: errorsOf('draft'),
  };
}
