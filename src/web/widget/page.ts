import { fillCounts } from './counts.js';
import type { definePortfolio } from './portfolio/portfolio.js';

type FromLoader = Parameters<typeof definePortfolio>;

/** What a page may have besides comments: counts of other stories, and portfolios. The loader hands over its own code. */
export function page(...loader: FromLoader): void {
  if (document.querySelector('[data-postbag-count]')) fillCounts(loader[0]);
  if (document.querySelector('postbag-portfolio'))
    void import('./portfolio/portfolio.js').then(({ definePortfolio }) => definePortfolio(...loader));
}
