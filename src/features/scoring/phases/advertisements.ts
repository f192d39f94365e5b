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
const CALL_TO_ACTION =
  /(?:^|[.!?;:,…\n([→»|*-]|[\u{1f300}-\u{1faff}]\ufe0f?)\s*(?:(?:please|just|now|hurry|so|and|or|then|hey|hi|guys)[ ,!]+)*(?:buy|order|get|claim|grab|shop|join|earn|make|lose|win|visit|click|try|meet|download|sign up|apply|hire|call|contact|check out|double|invest|boost)\b/imu;
/** Phrases that only a seller uses. */
const SELLING =
  /\b(?:we (?:sell|offer|deliver|ship|provide)|(?:order|buy|shop|apply|join|register|book) (?:now|here|today|online now)|click (?:here|the link|below|now)|sign up (?:here|now|today|free)|free (?:shipping|delivery|bonus|trial)|(?:overnight|worldwide|discreet|fast) (?:delivery|shipping)|no (?:prescription|rx|credit check|deposit)(?: (?:needed|required))?|without (?:a )?prescription|\d+ ?% off|best prices?|lowest prices?|low prices?|money back|special offer|limited (?:offer|time)|in your area|near you|(?:instant|guaranteed) approval|approved in|satisfaction guaranteed|dm me|whatsapp)\b|[$€£]\d[\d,.]*k? (?:a|per|every|each) (?:day|week|month|hour)|[$€£]\d[\d,.]*k? (?:daily|weekly|monthly)/giu;
const PRAISE =
  /\b(?:cheap|cheapest|discount(?:ed|s)?|bonus|guaranteed|free|best|top quality|high quality|generic|genuine|affordable|wholesale|for sale|fast cash|make money|easy money|instantly|deals?|offers?)\b/giu;
/** Phrases of people who report or warn. */
const REPORTING =
  /\b(?:said|says|say|told|report(?:s|ed|ing)?|study|studies|survey|police|court|inquest|seized|warn(?:s|ed|ing)?|according|banned?|ban|scams?|scammers?|fakes?|fraud|spam|doctors?|prescribed|investigation|regulators?|government|minister|article|why|how)\b/iu;

const countDistinct = (pattern: RegExp, text: string): number =>
  new Set(Array.from(text.matchAll(pattern), ([found]) => found.toLowerCase())).size;

/** Schemes that are always fraud or spam: earnings at home, hackers who recover money, loans, followers. */
const SCHEMES = [
  '[$£€]\\s?\\d[\\d,.]*k?\\s+(?:(?:a|per|every|each|in (?:an? |one |two |just )?)\\s*)+(?:day|week|hour)s?\\b',
  '\\b(?:made|earn(?:ed|ing)?|making|turned)\\s+(?:me |my |over |about |up to |around )?[$£€]\\s?\\d[\\d,.]*k?\\b.{0,60}\\b(?:from home|online|(?:last|per|a|every|each) (?:day|week|month)|hours? a day|into)',
  '\\bwork(?:ing)? (?:from|at) home\\b.{0,60}\\b(?:no experience|\\d+ ?(?:hours|hrs) (?:a|per) (?:day|week)|apply|join)',
  '\\b(?:real|genuine|legit(?:imate)?|professional|ethical|trusted) (?:hackers?|spell ?casters?|loan|lenders?)\\b',
  '\\b(?:spell ?caster|love spells?|lottery spells?|illuminati brotherhood|herbal (?:cure|doctor))\\b',
  '\\b(?:recover(?:ed)?|got back|get back|retrieved?)\\b.{0,40}\\b(?:lost|stolen|scammed)\\b.{0,20}\\b(?:bitcoin|crypto|btc|usdt|funds|wallet|investment)\\b',
  '\\b(?:bad credit|no collateral|no credit check)\\b.{0,60}\\bloans?\\b|\\bloans?\\b.{0,60}\\b(?:bad credit|no collateral|no credit check|approved in)\\b',
  '\\b\\d+ ?% (?:legit|winning|win rate|profit daily|roi|guaranteed|accurate)\\b',
  '\\b(?:hot|sexy|local|lonely|horny) (?:singles|girls|milfs|women|ladies)\\b.{0,40}\\b(?:area|chat|near you|waiting|profile|meet)\\b',
  '\\b(?:coupon|promo|referral|voucher|bonus) codes?\\b',
  '\\b(?:forex|crypto|trading|binary|betting) (?:signals?|mentor|account manager)\\b',
  '\\bbuy (?:real |cheap |instagram |tiktok |youtube |verified |some )*(?:followers|likes|views|reviews|backlinks|passports?)\\b|\\bfollowers,? (?:and )?likes\\b',
  '\\b(?:viagra|cialis|xanax|tramadol|oxycontin|adderall)\\b.{0,60}\\b(?:no prescription|without (?:a )?prescription|cheap|discreet)\\b|\\bcheap (?:viagra|cialis|xanax|tramadol)\\b',
  '\\bfree (?:spins|iphones?|robux|gift ?cards?|bitcoin)\\b',
  '\\bvery (?:useful|helpful) (?:informations|website)\\b',
  '\\b24\\/7 support\\b',
];
const SCHEME = new RegExp(SCHEMES.join('|'), 'iu');

/** Phrases of spam that contain words of `REPORTING`: "Nice article", "ask me how". */
const PHRASES_OF_SPAM =
  /\b(?:(?:nice|great|good|interesting|this|the) article|(?:ask|show you|learn|know) (?:me )?how)\b/giu;

/** Whether the words are those of a well-known scheme, and not a report about it. @param text without its addresses */
export const isScheme = (text: string): boolean =>
  SCHEME.test(text) && !REPORTING.test(text.replace(PHRASES_OF_SPAM, ''));

/** @param text without its addresses */
export const isSelling = (text: string): boolean => countDistinct(SELLING, text) > 0 && !REPORTING.test(text);

/** @param text without its addresses */
export function isAdvertisement(text: string): boolean {
  const selling = countDistinct(SELLING, text);
  const isCall = CALL_TO_ACTION.test(text);
  if (!isCall && (selling === 0 || REPORTING.test(text))) return false;
  return Number(isCall) + selling + countDistinct(PRAISE, text) >= 2 && GOODS.find(text).length > 0;
}
