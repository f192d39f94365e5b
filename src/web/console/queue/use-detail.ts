import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../api.js';
import type { CommentDetail } from '../api-types.js';

// A moderator who decides within a second does not need the details, so delay the request.
const SETTLE_MS = 300;

/** The details of the current comment, loaded shortly after it is selected. */
export function useDetail(commentId: string | null): CommentDetail | undefined {
  const [settledOn, setSettledOn] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettledOn(commentId), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [commentId]);
  const { data } = useQuery({
    queryKey: ['comment', commentId],
    queryFn: ({ signal }) => api.comment(commentId ?? '', signal),
    enabled: commentId !== null && settledOn === commentId,
    staleTime: 15_000,
    retry: false,
  });
  return data;
}
