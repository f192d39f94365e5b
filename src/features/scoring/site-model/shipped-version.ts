import { shippedScorer } from '../model/shipped-model.js';

/** The version of the shipped models that a site model is a difference to: the n-gram model's, with the encoder. */
export const shippedVersion = (): string => `${shippedScorer().model.header.version}+encoder`;
