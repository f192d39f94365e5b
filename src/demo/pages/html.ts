/** Escapes text for use in an element or a double-quoted attribute. */
export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Builds markup with escaped values. Values that are markup themselves are inserted unchanged. */
export function html(
  parts: TemplateStringsArray,
  ...values: (string | number | Markup | readonly Markup[] | null)[]
): Markup {
  return new Markup(parts.reduce((result, part, n) => result + render(values[n - 1] ?? null) + part));
}

export class Markup {
  constructor(readonly text: string) {}
}

function render(value: string | number | Markup | readonly Markup[] | null): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return escape(String(value));
}
