/**
 * The usual ways to talk to a model instead of to people. The list cannot be complete: it only makes it harder to
 * influence a verdict. A verdict can release few comments anyway (`isReleasable`).
 */
const PHRASES = [
  // The names of a verdict's members as a key, in quotes or not.
  /\b(?:violates|confidence)\b["'\u201c\u201d]?\s*[:=]/i,
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}\b(?:instructions?|rules|prompts?|polic(?:y|ies)|guidelines)\b/i,
  /\b(?:ignore|disregard|forget)\b\s+(?:(?:all|everything|anything|of|the|what is|what was)\s+){0,3}(?:above|previous|prior|preceding)\b(?=\s*(?:$|[.,;:!?\n]|and\b|this\b|(?:text|messages?|lines?|context|conversation)\b))/i,
  /\b(?:answer|reply|respond|output|return)\b\s+(?:only\s+)?(?:with\s+)?(?:(?:0|1)(?![\d.,:%]*\d)|true|false|json)\b/i,
  /\b(?:system|developer) (?:prompt|message)\b|^\s*(?:system|assistant)\s*:/im,
  /\b(?:you are|as) an? (?:ai|llm|language model|chatbot|moderation (?:model|bot|system))\b/i,
  /<\/?(?:rules|think|system|assistant|user|instructions?)>|<\|[a-z_]+\|>/i,
];

/** Whether a text seems to talk to the model that judges it. */
export const addressesModel = (text: string): boolean => PHRASES.some((phrase) => phrase.test(text));
