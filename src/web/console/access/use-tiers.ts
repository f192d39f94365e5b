import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import type { Tier } from '../api-types.js';

const NONE: readonly Tier[] = [];

/** Query for the site's tiers, lowest first. */
export const tiersOfSite = (site: string) =>
  queryOptions({
    queryKey: ['tiers', site],
    queryFn: async ({ signal }) => (await api.tiers(site, signal)).sort((a, b) => a.rank - b.rank),
  });

/** The site's tiers, lowest first; empty until they are loaded. */
export function useTiers(): readonly Tier[] {
  const { site } = useConsole();
  const { data } = useQuery(tiersOfSite(site.id));
  return data ?? NONE;
}
