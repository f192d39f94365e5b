import { BadAnswerError, type ScorerCall, type ScorerKind, type ScorerRequest } from './external-scorer.js';

/** Of a "true": enough to be held by the default threshold of spam. */
const SPAM = 0.9;
/** Of a "true" that Akismet says may be thrown away unseen (`X-akismet-pro-tip: discard`). */
const BLATANT = 1;
// It is required, and readers' addresses are kept nowhere.
const NO_ADDRESS = '127.0.0.1';

/**
 * Akismet's `comment-check` (akismet.com/developers), a form and one word back.
 *
 * Spoken plainly and not through an npm client. Looked at anew in November 2026: the last release of akismet-api is
 * 6.0.0, from between October 2022 and April 2023 (it names Node 19, and not 20). It is CommonJS on bluebird and on
 * superagent 8, which is deprecated for a vulnerable part (its issue 265, open since December 2024), and takes neither
 * an agent nor a time nor a signal, so it would go around the checked addresses and the time that `platform/outbound`
 * keeps; nor does it tell of the headers that say how sure Akismet is. `akismet` 2.0.7 stands on `request`, which ended
 * in 2020.
 */
export const akismet: ScorerKind = {
  name: 'akismet',
  url: 'https://rest.akismet.com/1.1/comment-check',
  labels: { spam: { as: ['spam'] } },
  options: ['blog'],

  request(call) {
    return formOf(call, {
      ...(call.input.revision > 1 ? { recheck_reason: 'edit' } : {}),
      ...(call.isTest ? { is_test: '1' } : {}),
    });
  },

  read({ answer, headers }) {
    const word = answer.trim();
    if (word === 'false') return { spam: { value: 0, spans: [] } };
    if (word === 'true') {
      const isBlatant = headers['x-akismet-pro-tip'] === 'discard';
      return { spam: { value: isBlatant ? BLATANT : SPAM, spans: [] } };
    }
    const help = headers['x-akismet-debug-help'] ?? headers['x-akismet-alert-msg'];
    throw new BadAnswerError(
      word === 'invalid'
        ? `Akismet refuses the key or the request${help ? `: ${help.slice(0, 200)}` : '.'}`
        : 'The answer is neither true nor false.',
    );
  },

  // An answer without a verdict is a bad one.
  required: () => [],

  // `submit-spam` and `submit-ham` stand beside `comment-check` and take the same fields.
  correct({ scorer, input, isSpam }) {
    const url = new URL(isSpam ? 'submit-spam' : 'submit-ham', scorer.url).toString();
    return { url, ...formOf({ scorer, input }, {}) };
  },
};

/** What Akismet is told of a comment; the same when it is asked and when it is corrected, so that it knows it again. */
function formOf(
  { scorer: { secrets, options }, input }: Pick<ScorerCall, 'scorer' | 'input'>,
  more: Record<string, string>,
): ScorerRequest {
  const form = new URLSearchParams({
    api_key: secrets[0] ?? '',
    blog: options.blog ?? '',
    user_ip: NO_ADDRESS,
    permalink: input.story.url,
    comment_type: input.isReply ? 'reply' : 'comment',
    comment_author: input.author.name,
    comment_content: input.body,
    comment_date_gmt: input.postedAt.toISOString(),
    blog_charset: 'UTF-8',
    ...(input.language === null || input.language === 'und' ? {} : { blog_lang: input.language }),
    ...more,
  });
  return { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString() };
}
