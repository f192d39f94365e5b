import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { useDesk } from '../desk/desk.js';
import type { Tier } from '../wire.js';

const NONE: readonly Tier[] = [];

/** The site's tiers, the lowest first; none while they are not known. */
export function useTiers(): readonly Tier[] {
  const { site } = useDesk();
  const { data } = useQuery({
    queryKey: ['tiers', site.id],
    queryFn: async ({ signal }) =>
      (await api.tiers(site.id, signal)).sort((one, other) => one.rank - other.rank),
  });
  return data ?? NONE;
}
