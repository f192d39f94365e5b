import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../api.js';
import type { ConsoleSettings } from '../api-types.js';

const KEY = ['console-settings'] as const;
/** Used until the moderator's own settings are loaded. */
const INITIAL_SETTINGS: ConsoleSettings = {
  blurSlurs: true,
  greyScale: false,
  pauseAfterMinutes: null,
  severeInARow: null,
};

/** This moderator's settings, the same on every device. Applies greyscale to the page if they chose it. */
export function useConsoleSettings(): ConsoleSettings {
  const { data = INITIAL_SETTINGS } = useQuery({
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

/** Changes settings at once on screen, and saves them in the background. */
export function useSetConsoleSettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: api.setConsoleSettings,
    onMutate: (settings) => {
      const previous = queries.getQueryData<ConsoleSettings>(KEY);
      queries.setQueryData(KEY, settings);
      return { previous };
    },
    onError: (_error, _settings, context) => queries.setQueryData(KEY, context?.previous),
  });
}
