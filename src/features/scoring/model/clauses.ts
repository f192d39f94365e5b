import { BIT } from './classes.js';
import { Solicitations, SOLICITING } from './soliciting.js';
import { FLAG, type Tokens } from './tokens.js';
import { hashWord } from './word-table.js';

/*
 * Captures what n-grams miss: who is meant, what is negated, what is only quoted. Every word that may be an attack is
 * a predicate. It gets the nearest target and a status, and the three together are one feature, such as
 * `dehumanising>group` or `slur>self` or `threat>group, said and condemned`. Like the others, the features are linear
 * and have names; see `featureName`.
 */
const PREDICATES = [
  'hate', 'dehumanising', 'disparaging', 'kill', 'killIntended', 'harm', 'harmIntended', 'death', 'deathIntended',
  'out', 'outIntended', 'slur', 'insult', 'insultSworn', 'belittling', 'swearing', 'sexual', 'good', 'goBack', 'genderedSlur',
] as const; // prettier-ignore
type Predicate = (typeof PREDICATES)[number];
const TARGETS = ['nobody', 'you', 'self', 'they', 'group', 'groupBefore', 'nation', 'role', 'thing'] as const;
const STATUSES = ['', 'denied', 'said', 'said and condemned'] as const;
const WHOLE_TEXT_FEATURES = [
  'shouting', 'exclamation', 'exclamations', 'link', 'links', 'mention', 'emoji', 'manyEmoji', 'veryShort', 'short', 'long',
  'quotation', 'group', 'groupAndSelf', 'groupAndPride', 'groupAndCondemn', 'slur', 'slurAndSelf', 'slurAndCondemn', 'name', 'you', 'youAndInsult', 'number', 'longNumber',
  'swearingAlone', 'groupAlone', 'insult, denied', 'insult, of oneself', 'insult, of a thing', 'insult, said', 'swearing, for emphasis', 'swearing mildly, for emphasis', 'insult, as address',
] as const; // prettier-ignore
type WholeTextFeature = (typeof WHOLE_TEXT_FEATURES)[number];

const PREDICATE = Object.fromEntries(PREDICATES.map((name, index) => [name, index])) as Record<
  Predicate,
  number
>;
const WHOLE_TEXT = Object.fromEntries(WHOLE_TEXT_FEATURES.map((name, index) => [name, index])) as Record<
  WholeTextFeature,
  number
>;
const [NOBODY, YOU, SELF, THEY, GROUP, GROUP_BEFORE, NATION, ROLE, THING] = TARGETS.keys();
const [PLAIN, DENIED, SAID, CONDEMNED] = STATUSES.keys();
const CROSS_FEATURES = PREDICATES.length * TARGETS.length * STATUSES.length;
/*
 * A feature for each sharp word itself, with a different one for each kind of mitigation. N-grams share their weight
 * among all n-grams of a text, so a single insult in a long comment would have little effect.
 */
const ABUSIVE_WORD_SLOTS = 1 << 11;
const ABUSIVE_WORD_SHIFT = 21;
const FIRST_ABUSIVE_WORD = CROSS_FEATURES + WHOLE_TEXT_FEATURES.length;
const FIRST_SOLICITATION = FIRST_ABUSIVE_WORD + ABUSIVE_WORD_SLOTS;
export const CLAUSE_FEATURES = FIRST_SOLICITATION + SOLICITING.length;
// In the order of `MITIGATIONS`, whose first entry is none.
const MITIGATED = CROSS_FEATURES + WHOLE_TEXT['insult, denied'] - 1;

const crossFeature = (predicate: number, target: number, status: number): number =>
  (predicate * TARGETS.length + target) * STATUSES.length + status;

/** Whether a feature is a single word, regardless of its context. */
export const isSharpWord = (feature: number): boolean =>
  feature >= FIRST_ABUSIVE_WORD && feature < FIRST_SOLICITATION;

/** The readable name of a feature's number. */
export function featureName(feature: number): string {
  if (isSharpWord(feature)) return 'the word itself';
  if (feature >= FIRST_SOLICITATION) return SOLICITING[feature - FIRST_SOLICITATION];
  if (feature >= CROSS_FEATURES) return WHOLE_TEXT_FEATURES[feature - CROSS_FEATURES];
  const status = STATUSES[feature % STATUSES.length];
  const rest = Math.floor(feature / STATUSES.length);
  const target = TARGETS[rest % TARGETS.length];
  return `${PREDICATES[Math.floor(rest / TARGETS.length)]}>${target}${status === '' ? '' : `, ${status}`}`;
}

const TARGET_BITS = BIT.you | BIT.self | BIT.they | BIT.group | BIT.nation | BIT.role | BIT.object;
const ATTACKS =
  BIT.hate | BIT.dehumanising | BIT.disparaging | BIT.kill | BIT.harm | BIT.death | BIT.out | BIT.slur | BIT.insult |
  BIT.belittling | BIT.swearing | BIT.sexual | BIT.good | BIT.go | BIT.genderedSlur; // prettier-ignore
const ABUSIVE =
  BIT.hate | BIT.dehumanising | BIT.disparaging | BIT.slur | BIT.insult | BIT.belittling | BIT.swearing |
  BIT.mildSwearing | BIT.sexual | BIT.genderedSlur; // prettier-ignore
const NAME_CALLING = BIT.insult | BIT.slur | BIT.genderedSlur;
const BEFORE_NAME_CALLING = BIT.belittling | BIT.swearing | BIT.mildSwearing;
const ENDURING_VERBS = new Set(['stand', 'tolerate', 'bear', 'abide', 'stomach'].map(hashWord));
const isToleranceVerb = (hash: number): boolean => ENDURING_VERBS.has(hash);
const INTENT = BIT.modal | BIT.will;
// In tokens. Maximum distance of a predicate from its target, its negation and the speaker.
const REACH = 7;
const DENIAL_REACH = 5;
const REPORTING_REACH = 12;

/** The clause features of one text, without duplicates; reset by every `collect`. */
export class Clauses {
  count = 0;
  readonly features = new Int32Array(CLAUSE_FEATURES);
  readonly tokens = new Int32Array(CLAUSE_FEATURES);
  private readonly seen = new Uint8Array(CLAUSE_FEATURES);
  private text!: Tokens;
  private lastGroup = -1;
  private readonly solicitations = new Solicitations();
  private readonly addSolicitingFeature = (feature: number, token: number): void =>
    this.add(FIRST_SOLICITATION + feature, token);

  collect(text: Tokens): this {
    for (let i = 0; i < this.count; i++) this.seen[this.features[i]] = 0;
    this.count = 0;
    this.text = text;
    this.lastGroup = -1;
    this.collectWhole();
    this.solicitations.find(text, this.addSolicitingFeature);
    const { count, classes } = text;
    for (let token = 0; token < count; token++) {
      const bits = classes[token];
      if ((bits & ATTACKS) !== 0 || isToleranceVerb(text.hash[token])) this.readPredicate(token, bits);
      if ((bits & BIT.group) !== 0) this.lastGroup = token;
    }
    return this;
  }

  private add(feature: number, token: number): void {
    if (this.seen[feature] !== 0) return;
    this.seen[feature] = 1;
    this.features[this.count] = feature;
    this.tokens[this.count++] = token;
  }

  private readPredicate(token: number, bits: number): void {
    const { classes, hash } = this.text;
    const addPredicate = (predicate: number, target: number): void =>
      this.add(crossFeature(predicate, target, this.statusOf(token)), token);
    const intended =
      (bits & (BIT.kill | BIT.harm | BIT.death | BIT.out)) !== 0 && this.isIntended(token) ? 1 : 0;
    if (bits & BIT.hate) addPredicate(PREDICATE.hate, this.targetAfter(token));
    else if (token > 0 && isToleranceVerb(hash[token]) && classes[token - 1] & BIT.not)
      this.add(crossFeature(PREDICATE.hate, this.targetAfter(token), PLAIN), token); // can't stand them
    if (bits & BIT.kill) addPredicate(PREDICATE.kill + intended, this.targetAfter(token));
    else if (bits & BIT.death) addPredicate(PREDICATE.death + intended, this.targetBefore(token));
    if (bits & BIT.harm) addPredicate(PREDICATE.harm + intended, this.targetAfter(token));
    if (bits & BIT.out) addPredicate(PREDICATE.out + intended, this.targetAfter(token));
    if (bits & BIT.dehumanising) addPredicate(PREDICATE.dehumanising, this.targetAround(token));
    if (bits & BIT.disparaging) addPredicate(PREDICATE.disparaging, this.targetAround(token));
    if (bits & BIT.slur) addPredicate(PREDICATE.slur, this.targetAround(token));
    if (bits & BIT.genderedSlur) addPredicate(PREDICATE.genderedSlur, this.targetAround(token));
    if (bits & BIT.insult) {
      const followsSwearWord = token > 0 && (classes[token - 1] & BIT.swearing) !== 0;
      addPredicate(followsSwearWord ? PREDICATE.insultSworn : PREDICATE.insult, this.targetAround(token));
    }
    if (bits & BIT.belittling) addPredicate(PREDICATE.belittling, this.targetAround(token));
    if (bits & BIT.swearing)
      addPredicate(PREDICATE.swearing, this.targetAt(token + 1) || this.targetAt(token + 2));
    if (bits & BIT.sexual) addPredicate(PREDICATE.sexual, this.targetAround(token));
    if (bits & BIT.good) addPredicate(PREDICATE.good, this.targetBefore(token));
    if (bits & BIT.go) {
      for (let at = token + 1; at <= token + 6 && this.isNear(token, at); at++)
        if (classes[at] & BIT.home) return addPredicate(PREDICATE.goBack, YOU);
    }
  }

  private isNear(token: number, at: number): boolean {
    const { count, sentence } = this.text;
    return at >= 0 && at < count && sentence[at] === sentence[token];
  }

  private targetOf(bits: number, token: number): number {
    if (bits & BIT.group) return GROUP;
    if (bits & BIT.you) return YOU;
    if (bits & BIT.nation) return NATION;
    if (bits & BIT.role) return ROLE;
    if (bits & BIT.they) return this.lastGroup >= 0 && token - this.lastGroup < 30 ? GROUP_BEFORE : THEY;
    if (bits & BIT.self) return SELF;
    return bits & BIT.object ? THING : NOBODY;
  }

  /** The target that this token names. */
  private targetAt(token: number): number {
    return token < this.text.count && this.isNear(token - 1, token)
      ? this.targetOf(this.text.classes[token], token)
      : NOBODY;
  }

  private targetAfter(token: number): number {
    for (let at = token + 1; at <= token + REACH - 1 && this.isNear(token, at); at++)
      if (this.text.classes[at] & TARGET_BITS) return this.targetOf(this.text.classes[at], at);
    return this.targetBefore(token);
  }

  private targetBefore(token: number): number {
    let fallback = NOBODY;
    for (let at = token - 1; at >= token - REACH && this.isNear(token, at); at--) {
      const bits = this.text.classes[at];
      if ((bits & TARGET_BITS) === 0) continue;
      const target = this.targetOf(bits, at);
      // "Women are, I think, stupid": the group that is meant takes precedence over the speaker and a thing.
      if (target !== SELF && target !== THING) return target;
      if (fallback === NOBODY) fallback = target;
    }
    return fallback;
  }

  /** The target of an adjective before its noun, or of a noun after its subject. */
  private targetAround(token: number): number {
    for (let at = token + 1; at <= token + 2; at++) {
      const target = this.targetAt(at);
      if (target === GROUP || target === NATION || target === ROLE || target === THING) return target;
      if (target === YOU && at === token + 1) return YOU;
    }
    const before = this.targetBefore(token);
    if (before !== NOBODY) return before;
    for (let at = token + 1; at <= token + REACH - 2 && this.isNear(token, at); at++)
      if (this.text.classes[at] & (TARGET_BITS & ~BIT.self)) return this.targetOf(this.text.classes[at], at);
    return NOBODY;
  }

  /** Whether it is wished for, announced or ordered. */
  private isIntended(token: number): boolean {
    const { classes, flags } = this.text;
    for (let at = token - 1; at >= token - 5 && this.isNear(token, at); at--)
      if (classes[at] & INTENT) return true;
    return !this.isNear(token, token - 1) || (flags[token - 1] & FLAG.mark) !== 0;
  }

  private statusOf(token: number): number {
    const { classes, flags, count, sentence } = this.text;
    const isQuoted = (flags[token] & FLAG.quoted) !== 0;
    let isReported = isQuoted;
    let isCondemned = false;
    for (
      let at = token - 1;
      at >= Math.max(0, token - REPORTING_REACH) && (isQuoted || sentence[at] === sentence[token]);
      at--
    ) {
      const bits = classes[at];
      if (bits & BIT.say && !this.isOwnWord(at)) isReported = true;
      if (bits & BIT.condemn && (flags[at] & FLAG.quoted) === 0) isCondemned = true;
    }
    for (
      let at = token + 1;
      at < Math.min(count, token + REPORTING_REACH + 1) && (isQuoted || sentence[at] === sentence[token]);
      at++
    ) {
      const bits = classes[at];
      if (bits & BIT.say) isReported = true;
      if (bits & BIT.condemn && (flags[at] & FLAG.quoted) === 0) isCondemned = true;
    }
    if (isReported) return isCondemned ? CONDEMNED : SAID;
    for (let at = token - 1; at >= token - DENIAL_REACH && this.isNear(token, at); at--) {
      if (classes[at] & BIT.not) return DENIED;
      if (flags[at] & FLAG.afterComma) break;
    }
    return PLAIN;
  }

  /** "I say", "it has to be said": the author's own words, not somebody else's. */
  private isOwnWord(at: number): boolean {
    return at > 0 && (this.text.classes[at - 1] & (BIT.self | BIT.be | BIT.modal)) !== 0;
  }

  /** "…, idiot.", "You stupid idiot": a form of address, between punctuation marks. */
  private isAddress(token: number): boolean {
    const { classes, flags } = this.text;
    const isCut = (at: number): boolean => (flags[at] & FLAG.afterComma) !== 0;
    const next = token + 1;
    if (this.isNear(token, next) && (flags[next] & FLAG.mark) === 0 && !isCut(next)) return false;
    let start = token;
    while (!isCut(start) && this.isNear(token, start - 1) && classes[start - 1] & BEFORE_NAME_CALLING)
      start--;
    if (!isCut(start) && this.isNear(token, start - 1) && classes[start - 1] & BIT.you) start--;
    return isCut(start) || !this.isNear(token, start - 1) || (flags[start - 1] & FLAG.mark) !== 0;
  }

  private collectWhole(): void {
    const { text } = this;
    const { count, classes, flags, words, mitigation } = text;
    const addTextFeature = (name: WholeTextFeature, token = 0): void =>
      this.add(CROSS_FEATURES + WHOLE_TEXT[name], token);
    if (text.capitals >= 3 && text.capitals > words / 2) addTextFeature('shouting');
    if (text.exclamations > 0) addTextFeature('exclamation');
    if (text.exclamations > 2) addTextFeature('exclamations');
    if (text.urls > 0) addTextFeature('link');
    if (text.urls > 1) addTextFeature('links');
    if (text.mentions > 0) addTextFeature('mention');
    if (text.emoji > 0) addTextFeature('emoji');
    if (text.emoji > 3) addTextFeature('manyEmoji');
    if (words <= 3) addTextFeature('veryShort');
    if (words <= 8) addTextFeature('short');
    if (words > 60) addTextFeature('long');
    let all = 0;
    let group = -1;
    let slur = -1;
    let insult = -1;
    let swearing = -1;
    let you = -1;
    for (let token = 0; token < count; token++) {
      const bits = classes[token];
      all |= bits;
      if (bits & BIT.group && group < 0) group = token;
      if (bits & BIT.slur && slur < 0) slur = token;
      if (bits & BIT.insult && insult < 0) insult = token;
      if (bits & BIT.swearing && swearing < 0) swearing = token;
      if (bits & BIT.you && you < 0) you = token;
      if (mitigation[token] !== 0) this.add(MITIGATED + mitigation[token], token);
      const flag = flags[token];
      if (bits & ABUSIVE && (flag & FLAG.harmless) === 0) {
        const slot =
          Math.imul(text.hash[token] + mitigation[token] * 0x1234567, 0x2c1b3c6d) >>> ABUSIVE_WORD_SHIFT;
        this.add(FIRST_ABUSIVE_WORD + slot, token);
        if (bits & NAME_CALLING && mitigation[token] === 0 && this.isAddress(token))
          addTextFeature('insult, as address', token);
      }
      if (flag === 0) continue;
      if (flag & FLAG.quoted) addTextFeature('quotation', token);
      if (flag & FLAG.name) addTextFeature('name', token);
      if (flag & FLAG.number)
        addTextFeature(text.last[token] - text.first[token] >= 7 ? 'longNumber' : 'number', token);
    }
    const [self, pride, condemn] = [
      (all & BIT.self) !== 0,
      (all & BIT.pride) !== 0,
      (all & BIT.condemn) !== 0,
    ];
    if (you >= 0) addTextFeature('you', you);
    if (group >= 0) {
      addTextFeature('group', group);
      if (self) addTextFeature('groupAndSelf', group);
      if (pride) addTextFeature('groupAndPride', group);
      if (condemn) addTextFeature('groupAndCondemn', group);
      if ((all & (ATTACKS & ~BIT.good & ~BIT.go)) === 0) addTextFeature('groupAlone', group);
    }
    if (slur >= 0) {
      addTextFeature('slur', slur);
      if (self) addTextFeature('slurAndSelf', slur);
      if (condemn) addTextFeature('slurAndCondemn', slur);
    }
    if (you >= 0 && insult >= 0) addTextFeature('youAndInsult', insult);
    if (swearing >= 0 && (all & (BIT.insult | BIT.slur | BIT.you)) === 0)
      addTextFeature('swearingAlone', swearing);
  }
}
