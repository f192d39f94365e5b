import { describe, expect, it } from '@jest/globals';
import { scoreByModel } from '../model/shipped-model.js';
import { combineWithCustomModel } from './combine-with-custom-model.js';

describe('scores with a model of the operator’s own', () => {
  const text = 'You are an idiot.';
  const shipped = scoreByModel(text);

  it('are its own where it stands in, and ours for the rest', () => {
    const scores = combineWithCustomModel(shipped, { insult: 0.03 }, 'instead');
    expect(scores.insult).toEqual({ value: 0.03, spans: [] });
    expect(scores.toxicity).toEqual(shipped.toxicity);
    expect(scores.severeToxicity!.value).toBeLessThan(shipped.severeToxicity!.value);
  });

  it('are between both where it stands beside', () => {
    const { insult } = combineWithCustomModel(shipped, { insult: 0.03 }, 'beside');
    expect(insult!.value).toBeGreaterThan(0.03);
    expect(insult!.value).toBeLessThan(shipped.insult!.value);
  });

  it('keep our marks in the text', () => {
    expect(combineWithCustomModel(shipped, { insult: 0.9 }, 'instead').insult!.spans).toEqual(
      shipped.insult!.spans,
    );
  });
});
