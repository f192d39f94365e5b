import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../api.js';
import type { CommentDetail } from '../api-types.js';

// Who decides in a second never needs it, and the server is spared the question.
const SETTLE_MS = 300;

/** Everything known about the comment in hand, a moment after it came into it. */
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
