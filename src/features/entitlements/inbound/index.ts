import { generic } from './generic.js';
import type { InboundProvider } from './provider.js';

const PROVIDERS: readonly InboundProvider[] = [generic];

/** The billing systems that can push to us, by the name in the address; null for any other. */
export const findInboundProvider = (name: string): InboundProvider | null =>
  PROVIDERS.find((provider) => provider.name === name) ?? null;
