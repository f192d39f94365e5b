/*
 * Served as `/assets/js/count.js`, replacing Coral's script of that name. Fills elements of the class `coral-count`
 * with the number of comments of the story in `data-coral-id` or `data-coral-url`, or of the page itself. The markup
 * matches Coral's (client/src/core/client/count in its repository), so that existing page styles keep working.
 */

interface Answer {
  count: number;
}

/**
 * "Comment" and "Comments" as Coral shows them after the number, by plural category. In Arabic, `few` is for 3 to 10,
 * `many` for 11 to 99 and `other` for the rest, by the last two digits.
 */
const NAMES: Readonly<Record<string, Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>>> = {
  en: { one: 'Comment', other: 'Comments' },
  af: { one: 'Kommentaar', other: 'Kommentare' },
  ar: { few: 'تعليقات', many: 'تعليقًا', other: 'تعليق' },
  de: { one: 'Kommentar', other: 'Kommentare' },
  es: { one: 'Comentario', other: 'Comentarios' },
  fr: { one: 'Commentaire', other: 'Commentaires' },
  nl: { one: 'Reactie', other: 'Reacties' },
  pt: { one: 'Comentário', other: 'Comentários' },
};

(() => {
  // Coral's embed adds this script even to pages that already have it.
  if ('CoralCount' in window) return;
  const script = document.currentScript as HTMLScriptElement | null;
  const origin = script ? new URL(script.src).origin : location.origin;
  const pendingByQuery = new Map<string, Promise<number | null>>();

  function pageUrl(): string {
    const canonical = document.querySelector<HTMLLinkElement>('link[rel="canonical"]')?.href;
    return canonical || location.origin + location.pathname;
  }

  async function fetchCounts(query: string, cache: RequestCache): Promise<number | null> {
    try {
      const answer = await fetch(`${origin}/api/v1/coral/story?${query}`, { credentials: 'omit', cache });
      return answer.ok ? ((await answer.json()) as Answer).count : null;
    } catch {
      return null;
    }
  }

  const createPart = (name: string, text: string): HTMLElement =>
    Object.assign(document.createElement('span'), { className: `coral-count-${name}`, textContent: text });

  function showCount(count: number, element: HTMLElement): void {
    const tag = element.closest<HTMLElement>('[lang]')?.lang || 'en';
    const language = tag.split('-')[0].toLowerCase();
    const names = NAMES[language] ?? NAMES.en;
    const plural = new Intl.PluralRules(language in NAMES ? language : 'en').select(count);
    element.dataset['coralCount'] = String(count);
    element.replaceChildren(createPart('number', String(count)));
    if (element.dataset['coralNotext'] !== 'true')
      element.append(' ', createPart('text', names[plural] ?? names.other!));
  }

  async function fill(element: HTMLElement, reset: boolean): Promise<void> {
    const url = (element.dataset['coralUrl'] ||= pageUrl());
    const id = element.dataset['coralId'];
    const query = String(new URLSearchParams({ url, ...(id ? { id } : {}) }));
    if (!pendingByQuery.has(query))
      pendingByQuery.set(query, fetchCounts(query, reset ? 'reload' : 'default'));
    const count = await pendingByQuery.get(query)!;
    // An element whose count cannot be fetched keeps its text.
    if (count !== null) showCount(count, element);
  }

  function getCount({ reset = false } = {}): void {
    if (reset) pendingByQuery.clear();
    for (const element of document.querySelectorAll<HTMLElement>('.coral-count'))
      if (reset || element.dataset['coralCount'] === undefined) void fill(element, reset);
  }

  (window as unknown as { CoralCount: unknown }).CoralCount = { getCount, reload: () => getCount() };
  getCount();
})();

export {};
