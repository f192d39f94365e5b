import type { UnrenderedElement } from './jsx-runtime.js';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '"': '&quot;' };

/**
 * Renders elements made by our `jsx` to HTML before Preact takes over. Components are plain functions of their props.
 * Handlers and keys are left out, because Preact adds them when it hydrates the same markup.
 */
export function toHtml(node: unknown): string {
  if (node == null || typeof node === 'boolean') return '';
  if (Array.isArray(node)) return node.map(toHtml).join('');
  if (typeof node !== 'object') return escape(node as string | number);
  const { type, props } = node as UnrenderedElement;
  if (typeof type !== 'string') return toHtml(type(props));
  let attributes = '';
  for (const [name, value] of Object.entries(props)) {
    if (name === 'children' || name === 'dangerouslySetInnerHTML' || typeof value === 'function') continue;
    if (value == null || (value === false && !name.startsWith('aria-'))) continue;
    attributes += ` ${name}="${value === true && !name.startsWith('aria-') ? '' : escape(value as string)}"`;
  }
  const html = props['dangerouslySetInnerHTML'] as { __html: string } | undefined;
  const content = html ? html.__html : toHtml(props.children);
  return `<${type}${attributes}>${content}</${type}>`;
}

function escape(text: string | number | boolean): string {
  return String(text).replace(/[&<"]/g, (character) => entities[character] ?? character);
}
