import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import type { Tier } from '../api-types.js';

const NONE: readonly Tier[] = [];

/** The site's tiers, the lowest first. */
export const tiersOfSite = (site: string) =>
  queryOptions({
    queryKey: ['tiers', site],
    queryFn: async ({ signal }) =>
      (await api.tiers(site, signal)).sort((one, other) => one.rank - other.rank),
  });

/** The same; none while they are not known. */
export function useTiers(): readonly Tier[] {
  const { site } = useConsole();
  const { data } = useQuery(tiersOfSite(site.id));
  return data ?? NONE;
}
