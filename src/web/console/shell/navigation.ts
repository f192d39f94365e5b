import { QUEUE_LABELS } from '../queue/decision-options.js';
import { go, hrefOf } from '../router.js';
import { QUEUE_STATES, type SiteRef } from '../api-types.js';
import type { KeyMap } from './keys.js';
import { hasWholeSite, mayManage } from './permissions.js';

interface NavigationItem {
  /** The key pressed after G. */
  readonly key: string;
  readonly name: string;
  readonly path: string;
  readonly state?: string;
  isFor(site: SiteRef): boolean;
}

const everybody = (): boolean => true;
const manages = ({ role }: SiteRef): boolean => mayManage(role);

const NAVIGATION: readonly NavigationItem[] = [
  ...QUEUE_STATES.map((state) => ({
    key: state.charAt(0),
    name: QUEUE_LABELS[state],
    path: '/',
    ...(state === 'held' ? {} : { state }),
    isFor: everybody,
  })),
  { key: 'm', name: 'Sample', path: '/sample', isFor: hasWholeSite },
  { key: 'd', name: 'Overview', path: '/overview', isFor: hasWholeSite },
  { key: 's', name: 'Search', path: '/search', isFor: everybody },
  { key: 'u', name: 'Readers', path: '/readers', isFor: everybody },
  { key: 'o', name: 'Stories', path: '/stories', isFor: everybody },
  { key: 'q', name: 'Quality', path: '/quality', isFor: hasWholeSite },
  { key: 'y', name: 'Policy', path: '/policy', isFor: manages },
  { key: 'c', name: 'Access', path: '/access', isFor: manages },
  { key: 'x', name: 'Scorers', path: '/scorers', isFor: manages },
  { key: 'n', name: 'Learning', path: '/learning', isFor: manages },
  { key: 'w', name: 'Webhooks', path: '/webhooks', isFor: manages },
  { key: 't', name: 'Team', path: '/team', isFor: manages },
  { key: 'i', name: 'Settings', path: '/settings', isFor: manages },
  { key: 'l', name: 'Audit', path: '/audit', isFor: manages },
];

/** The pages that this role may open on the site, in sidebar order. */
export const navigationFor = (site: SiteRef): readonly NavigationItem[] =>
  NAVIGATION.filter((item) => item.isFor(site));

/** The keys that open other screens, the same everywhere: G, then the page's letter. */
export function navigationKeys(site: SiteRef): KeyMap {
  return Object.fromEntries(
    navigationFor(site).map(({ key, path, state = null }) => [
      `g ${key}`,
      () => go(hrefOf(path, { site: site.id, state })),
    ]),
  );
}
