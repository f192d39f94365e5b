/**
 * Adds styles to the shadow root, each only once. Constructed stylesheets work even if the page's CSP forbids inline
 * styles.
 */
export function adoptStyles(root: ShadowRoot, css: string): void {
  const sheet = sheets.get(css) ?? new CSSStyleSheet();
  if (!sheets.has(css)) {
    sheet.replaceSync(css);
    sheets.set(css, sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

const sheets = new Map<string, CSSStyleSheet>();
