import { WordList } from '../word-lists/word-list.js';

/* Commercial spam: goods that spam sells, described in a seller's words, with a link. */

const GOODS = new WordList(
  `viagra, cialis, levitra, kamagra, sildenafil, tadalafil, xanax, tramadol, oxycontin, oxycodone, percocet, adderall, ambien, valium,
  phentermine, steroids, diet pills, weight loss, fat burner, keto, male enhancement, pills, meds, cbd oil, botox, vapes, iptv,
  casino, casinos, slots, jackpot, free spins, sports betting, betting tips, replica, rolex, handbags, sneakers, ray bans, sunglasses,
  loan, loans, credit repair, bitcoin, btc, crypto, cryptocurrency, forex, binary options, trading signals, passive income, online income, work from home,
  working from home, from home, followers, subscribers, backlinks, seo, web traffic, website traffic, google ranking, passport, passports, driving licence, driving licences,
  driving license, drivers license, diploma, diplomas, counterfeit money, counterfeit bills, cloned cards, essay, essays, essay writing, dissertation, assignment help, singles,
  escorts, dating, hookup, hookups, webcam, cam girls, gift card, gift cards, iphone, iphones, software keys, hacker, hackers, spells, love spell, spell caster, psychic`
    .split(',')
    .map((words) => words.trim()),
);

/** An imperative at the start of a clause. */
const CALL =
  /(?:^|[.!?;:,…\n([→»|*-]|[\u{1f300}-\u{1faff}]\ufe0f?)\s*(?:(?:please|just|now|hurry|so|and|or|then|hey|hi|guys)[ ,!]+)*(?:buy|order|get|claim|grab|shop|join|earn|make|lose|win|visit|click|try|meet|download|sign up|apply|hire|call|contact|check out|double|invest|boost)\b/imu;
/** Phrases that only a seller uses. */
const SELLING =
  /\b(?:we (?:sell|offer|deliver|ship|provide)|(?:order|buy|shop|apply|join|register|book) (?:now|here|today|online now)|click (?:here|the link|below|now)|sign up (?:here|now|today|free)|free (?:shipping|delivery|bonus|trial)|(?:overnight|worldwide|discreet|fast) (?:delivery|shipping)|no (?:prescription|rx|credit check|deposit)(?: (?:needed|required))?|without (?:a )?prescription|\d+ ?% off|best prices?|lowest prices?|low prices?|money back|special offer|limited (?:offer|time)|in your area|near you|(?:instant|guaranteed) approval|approved in|satisfaction guaranteed|dm me|whatsapp)\b|[$€£]\d[\d,.]*k? (?:a|per|every|each) (?:day|week|month|hour)|[$€£]\d[\d,.]*k? (?:daily|weekly|monthly)/giu;
const PRAISE =
  /\b(?:cheap|cheapest|discount(?:ed|s)?|bonus|guaranteed|free|best|top quality|high quality|generic|genuine|affordable|wholesale|for sale|fast cash|make money|easy money|instantly|deals?|offers?)\b/giu;
/** Phrases of people who report or warn. */
const REPORTED =
  /\b(?:said|says|say|told|report(?:s|ed|ing)?|study|studies|survey|police|court|inquest|seized|warn(?:s|ed|ing)?|according|banned?|ban|scams?|scammers?|fakes?|fraud|spam|doctors?|prescribed|investigation|regulators?|government|minister|article|why|how)\b/iu;

const kindsOf = (pattern: RegExp, text: string): number =>
  new Set(Array.from(text.matchAll(pattern), ([found]) => found.toLowerCase())).size;

/** @param text without its addresses */
export function isAdvertisement(text: string): boolean {
  const selling = kindsOf(SELLING, text);
  const isCall = CALL.test(text);
  if (!isCall && (selling === 0 || REPORTED.test(text))) return false;
  return Number(isCall) + selling + kindsOf(PRAISE, text) >= 2 && GOODS.find(text).length > 0;
}
