import { BadAnswerError, type ScorerCall, type ScorerKind, type ScorerRequest } from './external-scorer.js';

/** Score for "true": enough to be held by the default spam threshold. */
const SPAM = 0.9;
/** Score for "true" when Akismet says that the comment may be discarded unseen (`X-akismet-pro-tip: discard`). */
const BLATANT = 1;
// The field is required, but we store no IP addresses of readers.
const NO_ADDRESS = '127.0.0.1';

/**
 * Akismet's `comment-check` (akismet.com/developers): a form request and a one-word response.
 *
 * Implemented directly instead of with an npm client. Reviewed in November 2026: the last release of akismet-api is
 * 6.0.0, from between October 2022 and April 2023 (it names Node 19 but not 20). It is CommonJS and depends on
 * bluebird and on superagent 8, which is deprecated because of a vulnerable dependency (its issue 265, open since
 * December 2024). It accepts no agent, timeout or signal, so it would bypass the address checks and the timeout of
 * `platform/outbound`. It also does not expose the headers that say how certain Akismet is. `akismet` 2.0.7 depends
 * on `request`, which was discontinued in 2020.
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
        ? `Akismet refused the key or the request${help ? `: ${help.slice(0, 200)}` : '.'}`
        : 'The response is neither true nor false.',
    );
  },

  // A response without a verdict is invalid.
  required: () => [],

  // `submit-spam` and `submit-ham` are siblings of `comment-check` and take the same fields.
  correct({ scorer, input, isSpam }) {
    const url = new URL(isSpam ? 'submit-spam' : 'submit-ham', scorer.url).toString();
    return { url, ...formOf({ scorer, input }, {}) };
  },
};

/** The fields sent to Akismet. Checks and corrections send the same fields so that Akismet recognises the comment. */
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
