import { describe, expect, it } from '@jest/globals';
import { scoreByModel } from '../model/shipped-model.js';
import { combineWithCustomModel } from './combine-with-custom-model.js';

describe('scores combined with a custom model', () => {
  const text = 'You are an idiot.';
  const shipped = scoreByModel(text);

  it('replace only the custom model’s labels in instead mode, and recompute severe toxicity', () => {
    const scores = combineWithCustomModel(shipped, { insult: 0.03 }, 'instead');
    expect(scores.insult).toEqual({ value: 0.03, spans: [] });
    expect(scores.toxicity).toEqual(shipped.toxicity);
    expect(scores.severeToxicity!.value).toBeLessThan(shipped.severeToxicity!.value);
  });

  it('lie between both models in beside mode', () => {
    const { insult } = combineWithCustomModel(shipped, { insult: 0.03 }, 'beside');
    expect(insult!.value).toBeGreaterThan(0.03);
    expect(insult!.value).toBeLessThan(shipped.insult!.value);
  });

  it('keep the spans of the shipped model if the combined score is high enough to mark words', () => {
    expect(combineWithCustomModel(shipped, { insult: 0.9 }, 'instead').insult!.spans).toEqual(
      shipped.insult!.spans,
    );
  });
});
