import { asRefusal, problemOf } from '../../kit/problem.js';
import type { Refusal } from '../../kit/wire.js';
import type { Translate } from '../strings/translate.js';

/** What went wrong, for the reader: a refusal with its way in, or a sentence. */
export type Wrong = { refusal: Refusal } | { text: string };

/** Seconds as the largest unit that keeps them readable, rounded up. */
export function waiting(t: Translate, seconds: number): string {
  if (seconds < 60) return t('seconds', { n: Math.ceil(seconds) });
  if (seconds < 3600) return t('minutes', { n: Math.ceil(seconds / 60) });
  return t('hours', { n: Math.ceil(seconds / 3600) });
}

/**
 * Says what happened, what is kept and what to do.
 *
 * @param doing `act` is a click without text (like, flag, delete)
 */
export function explain(t: Translate, error: unknown, doing: 'comment' | 'reply' | 'edit' | 'act'): Wrong {
  const problem = problemOf(error);
  if (!problem) {
    if (doing === 'act') return { text: t('errorAct') };
    return { text: t(navigator.onLine ? 'errorUnreachable' : 'errorOffline') };
  }
  const refusal = asRefusal(problem);
  if (refusal) return { refusal };
  const why = problem.errors?.[0]?.message ?? problem.detail ?? problem.title;
  if (doing === 'act') return { text: t('errorRefused', { why }) };
  if (problem.status === 429) {
    const seconds = (error as { retryAfter?: number | null }).retryAfter ?? 30;
    return { text: t('errorBusy', { when: waiting(t, seconds) }) };
  }
  if (problem.status >= 500) return { text: t('errorServer') };
  if (doing === 'edit' && (problem.status === 409 || problem.status === 404)) return { text: t('errorEdit') };
  if (doing === 'reply' && problem.status === 404) return { text: t('errorGone') };
  return { text: t('errorInvalid', { why: /[.!?]$/.test(why) ? why : `${why}.` }) };
}
