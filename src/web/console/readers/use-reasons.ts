import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import type { Reason } from '../api-types.js';

const NONE: Reason[] = [];

/** The site's reasons, with the text that authors see for each. */
export function useReasons(siteId: string): Reason[] {
  const { data } = useQuery({
    queryKey: ['reasons', siteId],
    queryFn: ({ signal }) => api.reasons(siteId, signal),
    staleTime: 5 * 60_000,
  });
  return data?.items ?? NONE;
}
