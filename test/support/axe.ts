import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Violation {
  id: string;
  nodes: { target: unknown; failureSummary: string }[];
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// Waits because the contrast is wrong during a colour transition. Endless animations, such as a loader, are ignored.
const AWAIT_ANIMATIONS_SCRIPT = `(async () => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  await frame();
  const animationsIn = (root) => [
    ...root.getAnimations(),
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? animationsIn(shadowRoot) : [])),
  ];
  const finite = animationsIn(document).filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(finite.map(({ finished }) => finished));
})()`;

/** Waits until all finite animations and transitions on the page have ended. */
export const waitForAnimations = (page: Page): Promise<unknown> => page.evaluate(AWAIT_ANIMATIONS_SCRIPT);

/** Runs axe-core on the whole page and returns the violations (WCAG 2.2 A and AA, best practices). */
export async function axeViolations(page: Page): Promise<string[]> {
  await waitForAnimations(page);
  // Injected through the debugger protocol, because the page's content security policy does not apply to it.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe.source);
  const found = await page.evaluate<Violation[]>(
    `axe.run(document, { runOnly: ${JSON.stringify(RULES)}, resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${JSON.stringify(target)}: ${failureSummary}`),
  );
}
