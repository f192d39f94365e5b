/*
 * What a page that was made for Coral loads as `/assets/js/count.js`: fills elements of the class `coral-count` with the
 * number of comments of the story in `data-coral-id` or `data-coral-url`, else of the page itself, as Coral does
 * (client/src/core/client/count of its repository). `data-coral-notext="true"` leaves the word away.
 */

interface Answer {
  count: number;
}

(() => {
  const script = document.currentScript as HTMLScriptElement | null;
  const origin = script ? new URL(script.src).origin : location.origin;
  const asked = new Map<string, Promise<number | null>>();

  function pageUrl(): string {
    const canonical = document.querySelector<HTMLLinkElement>('link[rel="canonical"]')?.href;
    return canonical || location.origin + location.pathname;
  }

  async function ask(query: string): Promise<number | null> {
    try {
      const answer = await fetch(`${origin}/api/v1/coral/story?${query}`, { credentials: 'omit' });
      return answer.ok ? ((await answer.json()) as Answer).count : null;
    } catch {
      return null;
    }
  }

  function words(count: number, element: HTMLElement): string {
    const number = count.toLocaleString(element.closest<HTMLElement>('[lang]')?.lang || undefined);
    if (element.dataset['coralNotext'] === 'true') return number;
    return `${number} ${count === 1 ? 'Comment' : 'Comments'}`;
  }

  async function fill(element: HTMLElement, reset: boolean): Promise<void> {
    const url = (element.dataset['coralUrl'] ||= pageUrl());
    const id = element.dataset['coralId'];
    const query = String(new URLSearchParams({ url, ...(id ? { id } : {}) }));
    if (reset || !asked.has(query)) asked.set(query, ask(query));
    const count = await asked.get(query)!;
    // What cannot be counted keeps its text.
    if (count === null) return;
    element.dataset['coralCount'] = String(count);
    element.textContent = words(count, element);
  }

  function getCount({ reset = false } = {}): void {
    for (const element of document.querySelectorAll<HTMLElement>('.coral-count')) {
      if (reset || element.dataset['coralCount'] === undefined) void fill(element, reset);
    }
  }

  (window as unknown as { CoralCount: unknown }).CoralCount = { getCount, reload: () => getCount() };
  getCount();
})();

export {};
