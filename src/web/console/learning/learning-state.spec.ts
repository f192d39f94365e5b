import { describe, expect, it } from '@jest/globals';
import type { SiteModelFigures, Learning, SiteModel } from '../api-types.js';
import { labelsWhereAhead, nearestLabel, stageOf, compareLabel } from './learning-state.js';

const heldOut = (logLoss: number) => ({ rocAuc: 0.9, averagePrecision: 0.9, logLoss, ece: 0.02 });
const figures = (shipped: number, siteModel: number, beats: boolean): SiteModelFigures => ({
  trained: { texts: 100, positives: 40 },
  heldOut: { texts: 25, positives: 10 },
  baseRate: 0.4,
  shipped: heldOut(shipped),
  siteModel: heldOut(siteModel),
  beats,
});
const aSiteModel = (toxicity: SiteModelFigures): SiteModel => ({
  id: 'a site model',
  state: 'shadow',
  modelVersion: '1.0.0',
  texts: 125,
  figures: { toxicity },
  shadow: { comments: 0, wouldHold: 0, onlyItHolds: 0, onlyItPasses: 0 },
  createdAt: '2026-11-01T00:00:00.000Z',
  activatedAt: null,
  endedAt: null,
});
const aState = (more: Partial<Learning> = {}): Learning => ({
  learning: 'shadow',
  active: null,
  shadow: null,
  training: null,
  lastTraining: { at: null, texts: 0, outcome: null, failedIn: null },
  rolledBack: false,
  automaticNow: null,
  collected: { decisions: 0, suggested: 0, labels: {}, needed: 38 },
  ...more,
});
const [better, even, worse] = [figures(0.6, 0.3, true), figures(0.6, 0.59, false), figures(0.3, 0.6, false)];

describe('comparing a site model with the shipped model', () => {
  it('distinguishes ahead, even, behind and too few texts', () => {
    expect([better, even, worse, undefined].map(compareLabel)).toEqual([
      'ahead',
      'even',
      'behind',
      'too-few',
    ]);
    expect(labelsWhereAhead(aSiteModel(better))).toEqual(['toxicity']);
    expect(labelsWhereAhead(aSiteModel(worse))).toEqual([]);
  });
});

describe('the learning stage', () => {
  it('goes from off to a site model in effect', () => {
    expect(stageOf(aState({ learning: 'off' }))).toBe('off');
    expect(stageOf(aState())).toBe('collecting');
    expect(stageOf(aState({ shadow: aSiteModel(worse) }))).toBe('shadow');
    expect(stageOf(aState({ shadow: aSiteModel(better) }))).toBe('ahead');
    expect(stageOf(aState({ active: aSiteModel(better), learning: 'off' }))).toBe('counts');
  });

  it('names the label that is closest to having enough examples, by its rarer class', () => {
    const labels = {
      toxicity: { positives: 9, negatives: 900 },
      spam: { positives: 20, negatives: 25 },
      insult: { positives: 30, negatives: 4 },
    };
    const collected = { decisions: 900, suggested: 0, labels, needed: 38 };
    expect(nearestLabel(aState({ collected }))).toEqual({ label: 'spam', positives: 20, negatives: 25 });
    expect(nearestLabel(aState())).toEqual({ label: 'refusal', positives: 0, negatives: 0 });
  });
});
