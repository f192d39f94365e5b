import { go, hrefOf } from '../router.js';
import { QUEUE_STATES, type SiteRef } from '../wire.js';
import type { KeyMap } from './keys.js';
import { hasWholeSite, mayManage } from './roles.js';

/** The keys that lead to another screen, the same on each: G, then the place's letter. */
export function placeKeys(site: SiteRef): KeyMap {
  return {
    ...Object.fromEntries(
      QUEUE_STATES.map((state) => [
        `g ${state.charAt(0)}`,
        () => go(hrefOf('/', { site: site.id, state: state === 'held' ? null : state })),
      ]),
    ),
    ...(hasWholeSite(site) && {
      'g d': () => go(hrefOf('/live-desk', { site: site.id })),
      'g m': () => go(hrefOf('/sample', { site: site.id })),
      'g q': () => go(hrefOf('/quality', { site: site.id })),
    }),
    'g s': () => go(hrefOf('/search', { site: site.id })),
    'g o': () => go(hrefOf('/stories', { site: site.id })),
    'g u': () => go(hrefOf('/readers', { site: site.id })),
    ...(mayManage(site.role) && {
      'g c': () => go(hrefOf('/access', { site: site.id })),
      'g x': () => go(hrefOf('/scorers', { site: site.id })),
      'g n': () => go(hrefOf('/learning', { site: site.id })),
      'g w': () => go(hrefOf('/webhooks', { site: site.id })),
      'g t': () => go(hrefOf('/team', { site: site.id })),
      'g y': () => go(hrefOf('/policy', { site: site.id })),
      'g l': () => go(hrefOf('/audit', { site: site.id })),
    }),
  };
}
