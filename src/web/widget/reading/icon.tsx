import { jsx } from './jsx-runtime.js';

type IconNode = [tag: string, attributes: Record<string, string | number | undefined>][];

/** A line icon. It says nothing by itself: the control around it carries the name. */
export function Icon({ node }: { node: IconNode }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {node.map(([tag, attributes]) => jsx(tag, attributes))}
    </svg>
  );
}
