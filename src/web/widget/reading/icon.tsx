import { jsx } from './jsx-runtime.js';

type IconNode = [tag: string, attributes: Record<string, string | number | undefined>][];

/** A line icon, hidden from screen readers. The control around it has the accessible name. */
export function Icon({ node }: { node: IconNode }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {node.map(([tag, attributes]) => jsx(tag, attributes))}
    </svg>
  );
}
