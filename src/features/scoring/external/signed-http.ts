import { Webhook } from 'standardwebhooks';
import { LABELS, uniteSpans, type Score, type Span } from '../scores.js';
import {
  BadAnswerError,
  listedLabels,
  MAX_EXTERNAL_LABELS,
  objectOf,
  parseJson,
  EXTERNAL_LABEL,
  valueOf,
  type ScorerKind,
} from './external-scorer.js';

const MAX_SPANS = 100;

/**
 * Any HTTP service that implements the protocol in docs/external-scorers.md: requests are signed as in Standard
 * Webhooks, responses are `{scores: {label: value | {value, spans}}}`. Scores for a label of Postbag (`toxicity` …)
 * count as scores for that label.
 */
export const signedHttp: ScorerKind = {
  name: 'signed-http',
  url: null,
  labels: Object.fromEntries(LABELS.map((label) => [label, { as: [label] }])),
  options: [],
  carriesContext: true,

  request({ scorer: { secrets, sendContext }, input, at, isTest }) {
    const {
      siteId,
      commentId,
      revisionId,
      revision,
      body,
      language,
      postedAt,
      isReply,
      author,
      story,
      parent,
    } = input;
    const text = JSON.stringify({
      id: revisionId,
      type: 'comment.score',
      timestamp: at.toISOString(),
      site: siteId,
      data: {
        comment: { id: commentId, revision, body, language, isReply, postedAt: postedAt.toISOString() },
        author: {
          id: author.id,
          isNew: author.isNew,
          publishedCount: author.publishedCount,
          tenureDays: Math.floor(author.tenureDays),
        },
        story,
        ...(sendContext && parent ? { parent } : {}),
        isTest,
      },
    });
    return {
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'webhook-id': revisionId,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': secrets
          .map((secret) => new Webhook(secret).sign(revisionId, at, text))
          .join(' '),
      },
      body: text,
    };
  },

  read({ answer }, body) {
    const scores = objectOf(objectOf(parseJson(answer), 'The answer')['scores'], 'scores');
    const entries = Object.entries(scores);
    if (entries.length === 0) throw new BadAnswerError('scores is empty: nothing was scored.');
    if (entries.length > MAX_EXTERNAL_LABELS)
      throw new BadAnswerError(`scores has more than ${MAX_EXTERNAL_LABELS} labels.`);
    return Object.fromEntries(entries.map(([label, given]) => [label, scoreOf(label, given, body)]));
  },

  // It may return scores for any label of Postbag.
  required: (labels) => listedLabels(labels, signedHttp.labels),
};

function scoreOf(label: string, given: unknown, body: string): Score {
  if (!EXTERNAL_LABEL.test(label))
    throw new BadAnswerError(
      'A label must begin with a letter and have at most 64 letters, digits, spaces and . _ / -.',
    );
  if (typeof given === 'number') return { value: valueOf(given, label), spans: [] };
  const { value, spans = [] } = objectOf(given, `The score of ${label}`);
  return { value: valueOf(value, label), spans: spansOf(label, spans, body) };
}

function spansOf(label: string, spans: unknown, body: string): Span[] {
  const isPlace = (range: unknown): boolean =>
    Number.isInteger(range) && (range as number) >= 0 && (range as number) <= body.length;
  const isSpan = (span: unknown): span is [number, number] =>
    Array.isArray(span) && span.length === 2 && span.every(isPlace) && span[0] < span[1];
  if (!Array.isArray(spans) || spans.length > MAX_SPANS || !spans.every(isSpan))
    throw new BadAnswerError(
      `The spans of ${label} must be at most ${MAX_SPANS} pairs [start, end) of UTF-16 units within the body.`,
    );
  return uniteSpans(spans);
}
