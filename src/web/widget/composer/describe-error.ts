import { asRefusal, problemOf } from '../../kit/problem.js';
import type { Problem, Refusal } from '../../kit/api-types.js';
import type { StringKey, Translate } from '../strings/translate.js';
import type { App } from '../thread/app.js';

/** An error shown to the reader: either a refusal with a sign-in or upgrade link, or a sentence. */
export interface ErrorMessage {
  refusal?: Refusal;
  /** Replaces the refusal's own sentence. */
  text?: string;
}

/** Formats seconds in the largest suitable unit, rounded up. */
export function formatWait(t: Translate, seconds: number): string {
  if (seconds < 60) return t('seconds', { n: Math.ceil(seconds) });
  if (seconds < 3600) return t('minutes', { n: Math.ceil(seconds / 60) });
  return t('hours', { n: Math.ceil(seconds / 3600) });
}

/** Validation errors of a text, by the server's codes. */
const bodyErrorTexts: Record<string, StringKey> = {
  empty: 'emptyText',
  'too-short': 'tooShort',
  'too-long': 'tooLong',
  'too-large': 'tooLong',
};

/** The reason in the page's language; null if there is only the server's text, which is in another language. */
function reasonText(app: App, { errors, detail, title }: Problem): string | null {
  const textKey = bodyErrorTexts[errors?.[0]?.code ?? ''];
  if (textKey && app.gateTexts) return app.t(textKey);
  const why = errors?.[0]?.message ?? detail ?? title;
  if (app.gateTexts) return null;
  return /[.!?]$/.test(why) ? why : `${why}.`;
}

/**
 * Describes what happened, what was saved and what to do.
 *
 * @param attempted `act` is a click without text (like, flag, delete)
 */
export function describeError(
  app: App,
  error: unknown,
  attempted: 'comment' | 'reply' | 'edit' | 'act',
): ErrorMessage {
  const { t } = app;
  const retryAfter = (error as { retryAfter?: number | null }).retryAfter ?? null;
  const problem = problemOf(error);
  if (!problem) {
    if (attempted === 'act') return { text: t('errorAct') };
    return { text: t(navigator.onLine ? 'errorUnreachable' : 'errorOffline') };
  }
  const refusal = asRefusal(problem);
  if (refusal)
    return {
      refusal: retryAfter ? { ...refusal, retryAfter } : refusal,
      // The reader was signed in when they started.
      ...(problem.status === 401 &&
        app.session.host.token && { text: t(attempted === 'act' ? 'signInEnded' : 'signInEndedTextKept') }),
    };
  const why = reasonText(app, problem);
  const when = formatWait(t, retryAfter ?? 30);
  if (attempted === 'act' && problem.status === 429) return { text: t('errorTooFast', { when }) };
  if (attempted === 'act') return { text: why ? t('errorRefused', { why }) : t('notNow') };
  if (problem.status === 429) return { text: t('errorBusy', { when }) };
  if (problem.status >= 500) return { text: t('errorServer') };
  if (attempted === 'edit' && (problem.status === 409 || problem.status === 404))
    return { text: t('errorEdit') };
  if (attempted === 'reply' && (problem.status === 404 || problem.code === 'parent-not-published'))
    return { text: t('errorGone') };
  return { text: why ? t('errorInvalid', { why }) : t('errorUnclear') };
}
