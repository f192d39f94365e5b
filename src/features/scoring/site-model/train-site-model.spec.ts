import { describe, expect, it } from '@jest/globals';
import { SentenceEncoder } from '../encoder/sentence-encoder.js';
import { scoreByModel } from '../model/shipped-model.js';
import { addRefusal } from '../refusal.js';
import { randomFrom } from '../training/random.js';
import { applySiteModel } from './apply-site-model.js';
import { decodeSiteModel, encodeSiteModel, LoadedSiteModel } from './site-model.js';
import { isBetter } from './site-model-training.service.js';
import { labelledText, paraphrases, syntheticDecisions, syntheticComments } from './remarks.builder.js';
import type { Labelled } from './decision-labels.js';
import type { LabelledText } from './site-corpus.js';
import { trainSiteModel } from './train-site-model.js';

const MODEL = 'a model';
const train = (texts: Parameters<typeof trainSiteModel>[0]) => trainSiteModel(texts, MODEL);

describe('a site model trained on the site’s decisions', () => {
  it('learns a rule that the shipped model does not know, and reports the influential words', async () => {
    const trained = (await train(syntheticDecisions(400)))!;
    const { toxicity } = trained.figures;
    expect(Object.keys(trained.figures)).toEqual(['toxicity']);
    expect(toxicity!.beats).toBe(true);
    expect(toxicity!.siteModel.rocAuc).toBeGreaterThan(0.99);
    expect(toxicity!.heldOut.texts + toxicity!.trained.texts).toBe(400);
    expect(trained.words.toxicity!.slice(0, 5).map(({ text }) => text)).toContain('marrow');
    expect(trained.words.toxicity!.find(({ text }) => text === 'marrow')!.change).toBeGreaterThan(0);

    const model = new LoadedSiteModel(trained.siteModel);
    const score = (text: string): number =>
      applySiteModel(model, text, scoreByModel(text), null, ['toxicity']).toxicity!.value;
    expect(score('Somebody paints the marrow contest today.')).toBeGreaterThan(0.6);
    expect(score('Somebody paints the old harbour today.')).toBeLessThan(0.3);
  });

  it('learns from the meaning of texts that share no words', async () => {
    const encoder = await SentenceEncoder.load();
    const texts = paraphrases().map(({ text, isRefused }) => ({
      ...labelledText(text, { refusal: isRefused ? 1 : 0 }),
      embedding: encoder.embed(text),
      isRefused,
    }));
    const { siteModel, figures } = (await train(texts))!;
    expect(figures.refusal!.siteModel.rocAuc).toBeGreaterThan(0.9);
    const model = new LoadedSiteModel(siteModel);
    const score = (text: string, embedding: Float32Array | null): number =>
      applySiteModel(model, text, addRefusal(scoreByModel(text)), embedding, ['refusal']).refusal!.value;
    const [goat, tax] = ['A nanny goat ate her straw hat.', 'Revenue officers audit companies twice.'];
    expect(score(goat, encoder.embed(goat))).toBeGreaterThan(score(tax, encoder.embed(tax)) + 0.1);
  });

  it('keeps the shipped scores where no moderator looks', async () => {
    const as = (text: string, value: number, labels: Labelled): LabelledText => ({
      ...labelledText(text, labels),
      shipped: { ...scoreByModel(text), refusal: { value, spans: [] } },
    });
    // Moderators only see what the shipped models hold, and refuse four in five.
    const decided = syntheticComments(400).map((text, at) =>
      as(text, 0.3, { refusal: at % 5 === 0 ? 0 : 1 }),
    );
    const anchors = syntheticComments(700)
      .slice(400)
      .map((text) => ({ ...as(text, 0.01, { refusal: 0.01 }), isAnchor: true, weight: 50 }));
    const score = async (texts: LabelledText[], text: LabelledText): Promise<number> => {
      const model = new LoadedSiteModel((await train(texts))!.siteModel);
      return applySiteModel(model, text.text, text.shipped, null, ['refusal']).refusal!.value;
    };
    const [harmless, doubtful] = [0.01, 0.3].map((value) => as('Thanks for the recipe.', value, {}));
    expect(await score(decided, harmless)).toBeGreaterThan(0.08);
    expect(await score([...decided, ...anchors], harmless)).toBeLessThan(0.03);
    expect(await score([...decided, ...anchors], doubtful)).toBeGreaterThan(0.5);
  });

  it('returns probabilities that match the base rate of the site', async () => {
    const trained = (await train(syntheticDecisions(400)))!;
    const { baseRate, siteModel, shipped } = trained.figures.toxicity!;
    expect(baseRate).toBeGreaterThan(0.3);
    expect(baseRate).toBeLessThan(0.6);
    expect(siteModel.ece).toBeLessThan(0.1);
    expect(siteModel.ece).toBeLessThan(shipped.ece);
  });

  it('is identical for the same decisions', async () => {
    const texts = syntheticDecisions(200);
    const [first, second] = [(await train(texts))!, (await train(texts))!];
    expect(encodeSiteModel(second.siteModel).equals(encodeSiteModel(first.siteModel))).toBe(true);
    expect(second.figures).toEqual(first.figures);
  });

  it('leaves out a label with too few examples', async () => {
    expect(await train(syntheticDecisions(60))).toBeNull();
    const onlyHarmless = syntheticComments(300).map((text) => labelledText(text, { toxicity: 0, insult: 0 }));
    expect(await train(onlyHarmless)).toBeNull();
    expect(await train([])).toBeNull();
  });

  it('does not beat the shipped model when the decisions are unrelated to the texts', async () => {
    const randomlyLabelled = syntheticComments(600).map((text, at) =>
      labelledText(text, { toxicity: (Math.imul(at + 1, 0x9e3779b1) >>> 8) % 10 < 3 ? 1 : 0 }),
    );
    const trained = await train(randomlyLabelled);
    expect(trained!.figures.toxicity!.beats).toBe(false);
    expect(isBetter(trained!, {})).toBe(false);
  });

  it('rarely wins by chance when few texts are held out', async () => {
    let adoptedCount = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const random = randomFrom(seed);
      const trained = await train(
        syntheticComments(180).map((text) => labelledText(text, { toxicity: random() < 0.4 ? 1 : 0 })),
      );
      if (trained?.figures.toxicity?.beats) adoptedCount++;
    }
    expect(adoptedCount).toBeLessThanOrEqual(4);
  });

  it('is decoded exactly as encoded, and an invalid file is refused', async () => {
    const { siteModel } = (await train(syntheticDecisions(200)))!;
    const bytes = encodeSiteModel(siteModel);
    expect(decodeSiteModel(bytes)).toEqual(siteModel);
    expect(() => decodeSiteModel(bytes.subarray(0, bytes.length - 3))).toThrow('truncated');
    expect(() => decodeSiteModel(Buffer.from('something else'))).toThrow('not a site model');
  });
});

describe('replacing a site model', () => {
  const better = { beats: true } as never;
  const loses = { beats: false } as never;

  it.each([
    ['beats the shipped model', { toxicity: better }, {}, true],
    ['beats nothing', { toxicity: loses }, {}, false],
    [
      'beats it on the same labels and another',
      { toxicity: better, spam: better },
      { toxicity: better },
      true,
    ],
    ['would give up a label', { toxicity: better, spam: loses }, { spam: better }, false],
  ])('is decided for a new model that %s', (_, figures, active, expected) => {
    expect(isBetter({ figures }, active)).toBe(expected);
  });
});
