import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../api.js';
import type { ConsoleSettings } from '../api-types.js';

const KEY = ['desk-settings'] as const;
/** Until the server says what this moderator wants. */
const CAUTIOUS: ConsoleSettings = {
  blurSlurs: true,
  greyScale: false,
  pauseAfterMinutes: null,
  severeInARow: null,
};

/** How this moderator likes to work, on every device; the page goes grey where they want it so. */
export function useConsoleSettings(): ConsoleSettings {
  const { data = CAUTIOUS } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.consoleSettings(signal),
    staleTime: Infinity,
  });
  useEffect(() => {
    document.documentElement.toggleAttribute('data-grey', data.greyScale);
    return () => document.documentElement.removeAttribute('data-grey');
  }, [data.greyScale]);
  return data;
}

/** Changes them at once on the screen, and on the server behind it. */
export function useSetConsoleSettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: api.setConsoleSettings,
    onMutate: (settings) => {
      const before = queries.getQueryData<ConsoleSettings>(KEY);
      queries.setQueryData(KEY, settings);
      return { before };
    },
    onError: (_error, _settings, context) => queries.setQueryData(KEY, context?.before),
  });
}
