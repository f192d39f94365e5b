/**
 * Adds styles to the shadow root, each only once. Constructed stylesheets work even if the page's CSP forbids inline
 * styles.
 */
export function adoptStyles(root: ShadowRoot, css: string): void {
  const known = sheets.get(css) ?? new CSSStyleSheet();
  if (!sheets.has(css)) {
    known.replaceSync(css);
    sheets.set(css, known);
  }
  if (!root.adoptedStyleSheets.includes(known)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, known];
}

const sheets = new Map<string, CSSStyleSheet>();
