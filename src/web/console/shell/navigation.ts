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

const allRoles = (): boolean => true;
const managers = ({ role }: SiteRef): boolean => mayManage(role);

const NAVIGATION: readonly NavigationItem[] = [
  ...QUEUE_STATES.map((state) => ({
    key: state.charAt(0),
    name: QUEUE_LABELS[state],
    path: '/',
    ...(state === 'held' ? {} : { state }),
    isFor: allRoles,
  })),
  { key: 'm', name: 'Sample', path: '/sample', isFor: hasWholeSite },
  { key: 'd', name: 'Overview', path: '/overview', isFor: hasWholeSite },
  { key: 's', name: 'Search', path: '/search', isFor: allRoles },
  { key: 'u', name: 'Readers', path: '/readers', isFor: allRoles },
  { key: 'o', name: 'Stories', path: '/stories', isFor: allRoles },
  { key: 'q', name: 'Quality', path: '/quality', isFor: hasWholeSite },
  { key: 'y', name: 'Policy', path: '/policy', isFor: managers },
  { key: 'c', name: 'Access', path: '/access', isFor: managers },
  { key: 'x', name: 'Scorers', path: '/scorers', isFor: managers },
  { key: 'n', name: 'Learning', path: '/learning', isFor: managers },
  { key: 'w', name: 'Webhooks', path: '/webhooks', isFor: managers },
  { key: 't', name: 'Team', path: '/team', isFor: managers },
  { key: 'i', name: 'Settings', path: '/settings', isFor: managers },
  { key: 'l', name: 'Audit', path: '/audit', isFor: managers },
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
