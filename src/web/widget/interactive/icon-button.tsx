import type { IconNode } from 'lucide';
import type { ButtonHTMLAttributes } from 'preact';
import { Icon } from '../reading/icon.js';

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Its name, also where it is pointed at. */
  name: string;
  node: IconNode;
}

/** A button that is an icon. */
export function IconButton({ name, node, children, ...more }: IconButtonProps) {
  return (
    <button type="button" class="tool" aria-label={name} title={name} {...more}>
      <Icon node={node} />
      {children}
    </button>
  );
}
