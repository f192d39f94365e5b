import type { ComponentChildren, VNode } from 'preact';

/** An element before anybody renders it. */
export interface UnrenderedElement {
  type: string | ((props: Props) => ComponentChildren);
  props: Props;
}

export type Props = Record<string, unknown> & { children?: ComponentChildren };

type JsxFactory = (type: UnrenderedElement['type'], props: Props, key?: string) => unknown;

let make: JsxFactory = (type, props) => ({ type, props }) satisfies UnrenderedElement;

/**
 * What JSX compiles to in the embed (the build puts this in the place of `preact/jsx-runtime`). Until Preact is there,
 * elements are plain objects, which `toHtml` turns into the first comments' markup; from then on they are Preact's.
 */
export function jsx(type: UnrenderedElement['type'], props: Props, key?: string): VNode {
  return make(type, props, key) as VNode;
}

export { jsx as jsxs };

export function Fragment({ children }: Props): ComponentChildren {
  return children;
}

/** From now on elements are made by somebody else. */
export function setJsxFactory(maker: JsxFactory): void {
  make = maker;
}
