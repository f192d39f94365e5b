import type { IconNode } from 'lucide';
import type { ButtonHTMLAttributes } from 'preact';
import { Icon } from '../reading/icon.js';

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** The button's accessible name and tooltip. */
  name: string;
  node: IconNode;
}

/** A button with only an icon. */
export function IconButton({ name, node, children, ...more }: IconButtonProps) {
  return (
    <button type="button" class="tool" aria-label={name} title={name} {...more}>
      <Icon node={node} />
      {children}
    </button>
  );
}
