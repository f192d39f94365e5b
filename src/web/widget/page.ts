import { fillCounts } from './fill-counts.js';
import { followCoralLink } from './follow-coral-link.js';
import type { definePortfolio } from './portfolio/define-portfolio.js';

type LoaderParts = Parameters<typeof definePortfolio>;

/**
 * A string constant, so that the build replaces it with the same number as the text's key (shortKeys in
 * vite.config.ts).
 */
const PART_FAILED = 'partFailed';

/** The portfolio's code failed to load. Only the reader's retry button loads it again, not a change of the page. */
let hasFailed = false;

/**
 * Enables features other than comments: counts of other stories, portfolios, and links from Coral. The loader passes
 * its own code.
 */
export function enhancePage(...loader: LoaderParts): void {
  if (document.querySelector('[data-postbag-count]')) fillCounts(loader[0]);
  followCoralLink(loader[0]);
  if (!hasFailed && document.querySelector('postbag-portfolio')) void loadPortfolio(loader);
}

async function loadPortfolio(loader: LoaderParts): Promise<void> {
  try {
    const { definePortfolio } = await import('./portfolio/define-portfolio.js');
    definePortfolio(...loader);
  } catch {
    hasFailed = true;
    for (const element of document.querySelectorAll<HTMLElement>('postbag-portfolio'))
      void showPartError(element, loader);
  }
}

/** Shows an error message in the element, in its language, with a retry button. */
async function showPartError(element: HTMLElement, loader: LoaderParts): Promise<void> {
  const [, , , , languageOf, firstStrings] = loader;
  const { texts } = languageOf(element.closest<HTMLElement>('[lang]')?.lang ?? '');
  const { first } = await firstStrings[texts]().catch(() => ({
    first: { [PART_FAILED]: 'Not everything could be loaded.', again: 'Try again' },
  }));
  const message = document.createElement('p');
  message.role = 'alert';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = first.again;
  button.onclick = () => {
    message.remove();
    void loadPortfolio(loader);
  };
  message.append(first[PART_FAILED], ' ', button);
  element.append(message);
}
