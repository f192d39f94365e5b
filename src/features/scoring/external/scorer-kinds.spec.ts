import { Webhook } from 'standardwebhooks';
import { LABELS } from '../scores.js';
import { akismet } from './akismet.js';
import type { ScorerCall, ScorerKind } from './external-scorer.js';
import { openaiModeration } from './openai-moderation.js';
import { perspective } from './perspective.js';
import { signedHttp } from './signed-http.js';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const OLD_SECRET = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
const at = new Date();

const aCall = (secrets: string[], more: Partial<ScorerCall['input']> = {}): ScorerCall => ({
  scorer: {
    url: 'https://scorer.example/',
    secrets,
    options: { blog: 'https://paper.example' },
    labels: {},
    sendContext: false,
  },
  input: {
    siteId: '01997f00-0000-7c00-8a00-0a1b2c3d4e5f',
    commentId: '01997f3a-4b7a-7a31-8f22-6d1c9e0b7a55',
    revisionId: '01997f3a-4b7a-7a31-8f22-6d1c9e0b7a56',
    revision: 1,
    body: 'Cheap watches & more',
    language: 'en',
    postedAt: at,
    isReply: false,
    author: { id: 'a', name: 'Ann', isNew: true, publishedCount: 2, tenureDays: 3.7 },
    story: { key: 's', url: 'https://paper.example/s', title: 'S' },
    parent: null,
    ...more,
  },
  at,
  isTest: false,
});
const read = (kind: ScorerKind, answer: unknown, headers: Record<string, string> = {}, body = 'A text.') =>
  kind.read({ answer: typeof answer === 'string' ? answer : JSON.stringify(answer), headers }, body);

describe('a signed HTTP scorer', () => {
  it('receives the comment in a body that an unmodified verifier accepts with either of two secrets', () => {
    const { headers, body } = signedHttp.request(aCall([SECRET, OLD_SECRET]));
    for (const secret of [SECRET, OLD_SECRET]) {
      expect(new Webhook(secret).verify(body, headers)).toMatchObject({
        id: '01997f3a-4b7a-7a31-8f22-6d1c9e0b7a56',
        type: 'comment.score',
        data: {
          comment: { body: 'Cheap watches & more', language: 'en', revision: 1 },
          author: { isNew: true, publishedCount: 2, tenureDays: 3 },
        },
      });
    }
    expect(body).not.toContain('Ann');
  });

  it('returns values, with or without spans', () => {
    expect(
      read(signedHttp, { scores: { toxicity: 0.25, 'off-brand': { value: 1, spans: [[2, 6]] } } }),
    ).toEqual({
      toxicity: { value: 0.25, spans: [] },
      'off-brand': { value: 1, spans: [[2, 6]] },
    });
  });

  it.each([
    ['no JSON', '<html>'],
    ['a list', []],
    ['no scores', { score: 1 }],
    ['scores of nothing', { scores: {} }],
    ['a value above 1', { scores: { toxicity: 1.01 } }],
    ['a value below 0', { scores: { toxicity: -0.1 } }],
    ['a value in text', { scores: { toxicity: '0.5' } }],
    ['null', { scores: { toxicity: null } }],
    ['a label that is no name', { scores: { '<b>': 0.5 } }],
    ['a label too long', { scores: { ['a'.repeat(65)]: 0.5 } }],
    ['too many labels', { scores: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`l${i}`, 0])) }],
    ['a span past the end', { scores: { toxicity: { value: 0.5, spans: [[0, 8]] } } }],
    ['a span backwards', { scores: { toxicity: { value: 0.5, spans: [[3, 1]] } } }],
    ['a span of fractions', { scores: { toxicity: { value: 0.5, spans: [[0.5, 1]] } } }],
    ['a span of three', { scores: { toxicity: { value: 0.5, spans: [[0, 1, 2]] } } }],
  ])('fails when it returns %s', (_, answer) => {
    expect(() => read(signedHttp, answer)).toThrow(/./);
  });

  it('maps labels with our names to our labels', () => {
    for (const label of LABELS) expect(signedHttp.labels[label]).toEqual({ as: [label] });
  });
});

describe("OpenAI's moderation endpoint", () => {
  const result = {
    flagged: true,
    categories: { hate: true },
    category_scores: { hate: 0.91, 'hate/threatening': 0.2 },
  };

  it('receives only the text and the model', () => {
    const { headers, body } = openaiModeration.request(aCall(['sk-key']));
    expect(headers['authorization']).toBe('Bearer sk-key');
    expect(JSON.parse(body)).toEqual({ model: 'omni-moderation-latest', input: 'Cheap watches & more' });
  });

  it('returns its categories and whether it flags the text', () => {
    expect(read(openaiModeration, { id: 'modr-1', model: 'm', results: [result] })).toEqual({
      flagged: { value: 1, spans: [] },
      hate: { value: 0.91, spans: [] },
      'hate/threatening': { value: 0.2, spans: [] },
    });
    const unknown = { ...result, category_scores: { hate: 0.1, illicit: null } };
    expect(Object.keys(read(openaiModeration, { results: [unknown] }))).toEqual(['flagged', 'hate']);
  });

  it.each([
    ['an error', { error: { message: 'no' } }],
    ['no results', { results: [] }],
    ['no flag', { results: [{ category_scores: {} }] }],
    ['no scores', { results: [{ flagged: false }] }],
    ['a score that is none', { results: [{ flagged: false, category_scores: { hate: 'high' } }] }],
  ])('fails when it returns %s', (_, answer) => {
    expect(() => read(openaiModeration, answer)).toThrow(/./);
  });
});

describe('Akismet', () => {
  const form = (call: ScorerCall) => Object.fromEntries(new URLSearchParams(akismet.request(call).body));

  it('receives the comment as a form', () => {
    expect(form(aCall(['key']))).toEqual({
      api_key: 'key',
      blog: 'https://paper.example',
      user_ip: '127.0.0.1',
      permalink: 'https://paper.example/s',
      comment_type: 'comment',
      comment_author: 'Ann',
      comment_content: 'Cheap watches & more',
      comment_date_gmt: at.toISOString(),
      blog_charset: 'UTF-8',
      blog_lang: 'en',
    });
    expect(form(aCall(['key'], { isReply: true, revision: 2, language: 'und' }))).toMatchObject({
      comment_type: 'reply',
      recheck_reason: 'edit',
    });
  });

  it('receives corrections on request, with the same fields', () => {
    const { scorer, input } = aCall(['key'], { revision: 2 });
    const ham = akismet.correct!({ scorer: { ...scorer, url: akismet.url! }, input, isSpam: false });
    expect(ham.url).toBe('https://rest.akismet.com/1.1/submit-ham');
    const { recheck_reason: _, ...otherFields } = form(aCall(['key'], { revision: 2 }));
    expect(Object.fromEntries(new URLSearchParams(ham.body))).toEqual(otherFields);
  });

  it('returns one word, and its certainty in a header', () => {
    expect(read(akismet, 'false')['spam']?.value).toBe(0);
    expect(read(akismet, 'true\n')['spam']?.value).toBe(0.9);
    expect(read(akismet, 'true', { 'x-akismet-pro-tip': 'discard' })['spam']?.value).toBe(1);
    expect(() => read(akismet, 'invalid', { 'x-akismet-debug-help': 'Empty "blog" value' })).toThrow(
      'Empty "blog"',
    );
    expect(() => read(akismet, '')).toThrow(/neither/);
  });
});

describe('Perspective API', () => {
  const call = aCall(['the key'], {});
  const requestFor = (
    more: Partial<ScorerCall['input']> = {},
    labels: ScorerCall['scorer']['labels'] = perspective.labels,
  ) =>
    perspective.request({
      ...call,
      scorer: { ...call.scorer, url: 'https://scorer.example/v1alpha1/comments:analyze?x=1', labels },
      input: { ...call.input, ...more },
    });

  it('receives the requested attributes, with the key in the URL', () => {
    const { url, body } = requestFor();
    expect(url).toBe('https://scorer.example/v1alpha1/comments:analyze?x=1&key=the+key');
    expect(JSON.parse(body)).toEqual({
      comment: { text: 'Cheap watches & more', type: 'PLAIN_TEXT' },
      requestedAttributes: {
        TOXICITY: {},
        SEVERE_TOXICITY: {},
        INSULT: {},
        PROFANITY: {},
        THREAT: {},
        IDENTITY_ATTACK: {},
      },
      languages: ['en'],
      dropUnsupportedAttributes: true,
      doNotStore: true,
    });
    for (const language of [null, 'und'])
      expect(JSON.parse(requestFor({ language }).body)).not.toHaveProperty('languages');
    const more = requestFor({}, { SEXUALLY_EXPLICIT: { as: ['sexual'] }, 'off brand': { hold: 0.5 } });
    expect(JSON.parse(more.body).requestedAttributes).toEqual({ SEXUALLY_EXPLICIT: {} });
  });

  it('returns a score for each attribute', () => {
    const summaryScore = { value: 0.91234, type: 'PROBABILITY' };
    expect(read(perspective, { attributeScores: { TOXICITY: { summaryScore, spanScores: [] } } })).toEqual({
      TOXICITY: { value: 0.9123, spans: [] },
    });
    // A language that none of the attributes supports.
    expect(read(perspective, { languages: ['fi'], detectedLanguages: ['fi'] })).toEqual({});
  });

  it.each([
    ['no object', []],
    ['no scores', { attributeScores: 1 }],
    ['no summary', { attributeScores: { TOXICITY: {} } }],
    ['a value that is none', { attributeScores: { TOXICITY: { summaryScore: { value: 2 } } } }],
    ['a name that is none', { attributeScores: { '<b>': { summaryScore: { value: 0.5 } } } }],
  ])('fails when it returns %s', (_, answer) => {
    expect(() => read(perspective, answer)).toThrow(/./);
  });
});
