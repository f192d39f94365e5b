/**
 * Detects whether the page behind the element is light or dark. The lightness of the first ancestor with a background
 * decides; without one, the page's own colour scheme on this device. A light page therefore stays light for a reader
 * whose device is dark, and text is never dark on dark.
 */
export function detectColorScheme(element: Element): 'light' | 'dark' {
  for (let ancestor: Element | null = element; ancestor; ancestor = parentAcrossShadow(ancestor)) {
    const [r = 0, g = 0, b = 0, alpha = 1] = (
      /^rgba?\((.+)\)$/.exec(getComputedStyle(ancestor).backgroundColor)?.[1] ?? '0 0 0 0'
    )
      .split(/[\s,/]+/)
      .map(Number);
    if (alpha > 0.5) return 0.299 * r + 0.587 * g + 0.114 * b < 128 ? 'dark' : 'light';
  }
  const declared = getComputedStyle(document.documentElement).colorScheme;
  return declared.includes('dark') && (!declared.includes('light') || prefersDark().matches)
    ? 'dark'
    : 'light';
}

export function prefersDark(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}

function parentAcrossShadow(element: Element): Element | null {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
