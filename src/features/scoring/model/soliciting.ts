import { HashTable } from './hash-table.js';
import { FLAG, type Tokens } from './tokens.js';
import { hashWord } from './word-table.js';

/*
 * Ways to solicit readers: to look at one's own channel, to follow, vote, buy or get in touch. The words alone occur
 * in every comment about a song or a shop; the combination of who asks and for whose benefit distinguishes an
 * advertisement.
 */
export const SOLICITING = [
  'asks>own place', 'asks>place', 'asks>me', 'asks, then own', 'own place', 'new own place', 'asks>link', 'asks politely', 'asks politely, own',
  'asks at the beginning', 'asks twice', 'asks often', 'likes if', 'in return', 'maker', 'maker, asks', 'money', 'earns', 'earns>money', 'free>ware', 'ware', 'contact',
  'bare link', 'shortened link', 'link to a video', 'link alone', 'link at the end', 'email', 'amount',
  'ornaments', 'this place', 'who watches', 'count of views', 'name to look up', 'for causes',
] as const; // prettier-ignore
type Soliciting = (typeof SOLICITING)[number];
/** Indexes into `SOLICITING`. */
const FEATURE = Object.fromEntries(SOLICITING.map((name, index) => [name, index])) as Record<
  Soliciting,
  number
>;

const ROLES = {
  ask: 'subscribe subscribed sub subs suscribe sucscribe subcribe check checkout visit click see watch listen view look search follow join share add buy order get call text email message whatsapp download donate support help vote try google type hit peep stop enjoy come',
  firm: 'subscribe sub suscribe sucscribe subcribe check checkout visit click search follow join add buy order call text email message whatsapp download donate vote',
  own: 'my our mine his her their',
  me: 'me us',
  place:
    'channel channels page pages video videos vid vids song songs track tracks music album cover covers remix rap raps mixtape beats website site blog store shop profile playlist account accounts fanpage group server facebook fb twitter instagram insta soundcloud itunes youtube utube telegram snapchat tiktok kickstarter gofundme petition podcast book ebook app game stream livestream vlog vlogs uploads content work stuff parody freestyle single demo',
  please: 'please pls plz pleas plzz',
  maker:
    'artist artists rapper rappers singer singers producer producers musician musicians youtuber youtubers youtubers band songwriter composer drummer guitarist dj upload uploads uploaded uploading cover covers sing rap produce',
  money:
    'money cash dollars dollar bucks usd pounds euros income salary profit profits btc bitcoin bitcoins crypto paid payout paypal rich wages loan loans',
  earn: 'earn earns earned earning make makes making made',
  ware: 'card cards gift gifts prize prizes voucher vouchers coupon coupons discount discounts sale followers subscribers likes views iphone ipad spins bonus trial offer offers deal deals price prices shipping giveaway ringtone ringtones tickets credit',
  free: 'free cheap win won claim guaranteed instantly limited exclusive',
  contact: 'contact whatsapp telegram inbox dm call text txt reply email gmail hangout hangouts sms',
  returned: 'back return sub4sub subforsub',
  views: 'views view viewers likes hits subscribers comments dislikes',
  watch: 'watching listening watched listened listen here',
  who: 'who whos anyone anybody still',
  thumbs: 'thumbs thumb like likes',
  these: 'this that these the',
  causes: 'support help donate sign petition petitions fight campaign fundraising fundraiser charity',
  big: 'million millions billion billions thousand',
} as const;
type Role = keyof typeof ROLES;
/** One bit per role. */
const ROLE = Object.fromEntries(Object.keys(ROLES).map((name, index) => [name, 1 << index])) as Record<
  Role,
  number
>;
const roles = new HashTable(1 << 11);
for (const [name, words] of Object.entries(ROLES))
  for (const word of words.split(' ')) roles.or(hashWord(word), ROLE[name as Role]);
const IF = hashWord('if');
const NEW = hashWord('new');
// Only this many words are read; the rest would add nothing new.
const MAX_WORDS = 512;

/** Finds solicitations in a text; the arrays are reused for every text. */
export class Solicitations {
  private readonly roles = new Int32Array(MAX_WORDS);
  /** @param add called for each one found, with its index in `SOLICITING` and its token */
  find(text: Tokens, add: (feature: number, token: number) => void): void {
    const { count, hash, flags } = text;
    const role = this.roles;
    const limit = Math.min(count, MAX_WORDS);
    let all = 0;
    for (let token = 0; token < limit; token++) {
      const roleBits = (flags[token] & FLAG.mark) !== 0 ? 0 : roles.get(hash[token]);
      role[token] = roleBits;
      all |= roleBits;
    }
    this.findAddresses(text, add, (all & ROLE.ask) !== 0);
    if ((all & ~(ROLE.these | ROLE.who)) === 0) return;
    let requestCount = 0;
    for (let token = 0; token < limit; token++) {
      const current = role[token];
      if (current === 0) continue;
      const next = token + 1 < limit ? role[token + 1] : 0;
      if (current & ROLE.ask) {
        if (current & ROLE.firm) requestCount++;
        if (token <= 1 && current & ROLE.firm) add(FEATURE['asks at the beginning'], token);
        this.findObjects(text, token, limit, add);
      }
      if (current & ROLE.own) {
        for (let at = token + 1; at <= token + 3 && at < limit; at++)
          if (role[at] & ROLE.place) {
            add(FEATURE['own place'], token);
            if (hash[token + 1] === NEW) add(FEATURE['new own place'], token);
            if (all & ROLE.ask) add(FEATURE['asks, then own'], token);
            break;
          }
      }
      if (current & ROLE.please) {
        for (let at = Math.max(0, token - 4); at <= token + 4 && at < limit; at++)
          if (role[at] & ROLE.ask) {
            add(FEATURE['asks politely'], token);
            if (all & (ROLE.own | ROLE.me)) add(FEATURE['asks politely, own'], token);
            break;
          }
      }
      if (current & ROLE.thumbs && token + 3 < limit && (hash[token + 1] === IF || hash[token + 2] === IF))
        add(FEATURE['likes if'], token);
      if (current & ROLE.firm && next & ROLE.returned) add(FEATURE['in return'], token);
      if (current & ROLE.maker) {
        add(FEATURE['maker'], token);
        if (all & ROLE.firm) add(FEATURE['maker, asks'], token);
      }
      if (current & ROLE.money) add(FEATURE['money'], token);
      if (current & ROLE.earn) {
        for (let at = token + 1; at <= token + 6 && at < limit; at++)
          if (role[at] & ROLE.money || flags[at] & FLAG.number) {
            add(role[at] & ROLE.money ? FEATURE['earns>money'] : FEATURE['earns'], token);
            break;
          }
      }
      if (current & ROLE.ware) {
        add(FEATURE['ware'], token);
        for (let at = token - 1; at >= token - 4 && at >= 0; at--)
          if (role[at] & ROLE.free) {
            add(FEATURE['free>ware'], token);
            break;
          }
      }
      if (current & ROLE.contact) add(FEATURE['contact'], token);
      if (current & ROLE.these && next & ROLE.place) add(FEATURE['this place'], token);
      if (current & ROLE.who && (next | (token + 2 < limit ? role[token + 2] : 0)) & ROLE.watch)
        add(FEATURE['who watches'], token);
      if (current & ROLE.views) {
        for (let at = token - 1; at >= token - 3 && at >= 0; at--)
          if (flags[at] & FLAG.number || role[at] & ROLE.big) add(FEATURE['count of views'], token);
      }
      if (current & ROLE.causes) add(FEATURE['for causes'], token);
    }
    if (requestCount > 1) add(FEATURE['asks twice'], 0);
    if (requestCount > 3) add(FEATURE['asks often'], 0);
  }

  private findObjects(
    { flags }: Tokens,
    token: number,
    limit: number,
    add: (feature: number, token: number) => void,
  ): void {
    const role = this.roles;
    let seenPossessive = false;
    for (let at = token + 1; at <= token + 6 && at < limit; at++) {
      if (role[at] & ROLE.me && at <= token + 3) add(FEATURE['asks>me'], token);
      if (role[at] & ROLE.own) seenPossessive = true;
      if (role[at] & ROLE.place) {
        add(seenPossessive ? FEATURE['asks>own place'] : FEATURE['asks>place'], token);
        return;
      }
      if (flags[at] & FLAG.name && at <= token + 3 && role[token] & ROLE.firm)
        add(FEATURE['name to look up'], token);
    }
  }

  private findAddresses(
    { count, urls, words, bareLinks, shortLinks, videoLinks, mails, amounts, ornaments, urlAt }: Tokens,
    add: (feature: number, token: number) => void,
    hasRequest: boolean,
  ): void {
    const links = urls + bareLinks;
    if (bareLinks > 0) add(FEATURE['bare link'], 0);
    if (shortLinks > 0) add(FEATURE['shortened link'], 0);
    if (videoLinks > 0) add(FEATURE['link to a video'], 0);
    if (links > 0 && hasRequest) add(FEATURE['asks>link'], 0);
    if (links > 0 && words < 8) add(FEATURE['link alone'], 0);
    if (links > 0 && words >= 8 && urlAt > count / 2) add(FEATURE['link at the end'], 0);
    if (mails > 0) add(FEATURE['email'], 0);
    if (amounts > 0) add(FEATURE['amount'], 0);
    if (ornaments > 0) add(FEATURE['ornaments'], 0);
  }
}
