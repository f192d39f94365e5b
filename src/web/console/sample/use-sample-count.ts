import { useQuery } from '@tanstack/react-query';
import { api } from '../api.js';

export const sampleKey = (site: string) => ['sample-count', site] as const;

/** The number of sampled texts waiting for the signed-in moderator. */
export function useSampleCount(site: string): number | undefined {
  const { data } = useQuery({
    queryKey: sampleKey(site),
    queryFn: async ({ signal }) => (await api.samples(site, 1, signal)).waiting,
    refetchInterval: 120_000,
    staleTime: 60_000,
  });
  return data;
}
