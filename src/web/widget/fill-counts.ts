import type { CountsAnswer } from '../kit/api-types.js';

const maxKeys = 50;
const filled = new WeakSet<Element>();

/**
 * Fills elements with `data-postbag-count="STORY_KEY"` with their comment counts: one request per site and 50
 * stories. The site comes from `data-postbag-site` on the element or its nearest ancestor. Each element is filled
 * once; an element whose count cannot be fetched keeps its text.
 *
 * @param base origin of the server
 */
export function fillCounts(base: string): void {
  const bySite = new Map<string, Map<string, Element[]>>();
  for (const element of document.querySelectorAll<HTMLElement>('[data-postbag-count]')) {
    const site = element.closest<HTMLElement>('[data-postbag-site]')?.dataset['postbagSite'];
    const key = element.dataset['postbagCount'];
    if (!site || !key || filled.has(element)) continue;
    filled.add(element);
    const stories = bySite.get(site) ?? new Map<string, Element[]>();
    bySite.set(site, stories.set(key, [...(stories.get(key) ?? []), element]));
  }
  for (const [site, stories] of bySite) {
    const keys = [...stories.keys()];
    for (let from = 0; from < keys.length; from += maxKeys)
      void fetchCounts(
        `${base}/api/v1/sites/${encodeURIComponent(site)}/counts`,
        keys.slice(from, from + maxKeys),
        stories,
      );
  }
}

async function fetchCounts(address: string, keys: string[], stories: Map<string, Element[]>): Promise<void> {
  const query = new URLSearchParams(keys.map((key) => ['story', key]));
  try {
    const response = await fetch(`${address}?${query}`, { credentials: 'omit' });
    if (!response.ok) return;
    const { counts } = (await response.json()) as CountsAnswer;
    for (const key of keys)
      for (const element of stories.get(key) ?? [])
        if (counts[key] !== undefined)
          element.textContent = counts[key].toLocaleString(
            element.closest<HTMLElement>('[lang]')?.lang || undefined,
          );
  } catch {
    // The page works without its counts.
  }
}
