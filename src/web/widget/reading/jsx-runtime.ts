import type { ComponentChildren, VNode } from 'preact';

/** An element that has not been rendered. */
export interface UnrenderedElement {
  type: string | ((props: Props) => ComponentChildren);
  props: Props;
}

export type Props = Record<string, unknown> & { children?: ComponentChildren };

type JsxFactory = (type: UnrenderedElement['type'], props: Props, key?: string) => unknown;

let factory: JsxFactory = (type, props) => ({ type, props }) satisfies UnrenderedElement;

/**
 * The JSX factory of the widget (the build substitutes it for `preact/jsx-runtime`). Until Preact is loaded, elements
 * are plain objects, which `toHtml` turns into the markup of the first comments. After that they are Preact elements.
 */
export function jsx(type: UnrenderedElement['type'], props: Props, key?: string): VNode {
  return factory(type, props, key) as VNode;
}

export { jsx as jsxs };

export function Fragment({ children }: Props): ComponentChildren {
  return children;
}

/** Replaces the factory that creates the elements. */
export function setJsxFactory(newFactory: JsxFactory): void {
  factory = newFactory;
}
