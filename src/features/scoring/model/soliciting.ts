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
const S = Object.fromEntries(SOLICITING.map((name, index) => [name, index])) as Record<Soliciting, number>;

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
const R = Object.fromEntries(Object.keys(ROLES).map((name, index) => [name, 1 << index])) as Record<
  Role,
  number
>;
const roles = new HashTable(1 << 11);
for (const [name, words] of Object.entries(ROLES))
  for (const word of words.split(' ')) roles.or(hashWord(word), R[name as Role]);
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
    const read = Math.min(count, MAX_WORDS);
    let all = 0;
    for (let token = 0; token < read; token++) {
      const roleBits = (flags[token] & FLAG.mark) !== 0 ? 0 : roles.get(hash[token]);
      role[token] = roleBits;
      all |= roleBits;
    }
    this.findAddresses(text, add, (all & R.ask) !== 0);
    if ((all & ~(R.these | R.who)) === 0) return;
    let requestCount = 0;
    for (let token = 0; token < read; token++) {
      const now = role[token];
      if (now === 0) continue;
      const next = token + 1 < read ? role[token + 1] : 0;
      if (now & R.ask) {
        if (now & R.firm) requestCount++;
        if (token <= 1 && now & R.firm) add(S['asks at the beginning'], token);
        this.findObjects(text, token, read, add);
      }
      if (now & R.own) {
        for (let at = token + 1; at <= token + 3 && at < read; at++)
          if (role[at] & R.place) {
            add(S['own place'], token);
            if (hash[token + 1] === NEW) add(S['new own place'], token);
            if (all & R.ask) add(S['asks, then own'], token);
            break;
          }
      }
      if (now & R.please) {
        for (let at = Math.max(0, token - 4); at <= token + 4 && at < read; at++)
          if (role[at] & R.ask) {
            add(S['asks politely'], token);
            if (all & (R.own | R.me)) add(S['asks politely, own'], token);
            break;
          }
      }
      if (now & R.thumbs && token + 3 < read && (hash[token + 1] === IF || hash[token + 2] === IF))
        add(S['likes if'], token);
      if (now & R.firm && next & R.returned) add(S['in return'], token);
      if (now & R.maker) {
        add(S['maker'], token);
        if (all & R.firm) add(S['maker, asks'], token);
      }
      if (now & R.money) add(S['money'], token);
      if (now & R.earn) {
        for (let at = token + 1; at <= token + 6 && at < read; at++)
          if (role[at] & R.money || flags[at] & FLAG.number) {
            add(role[at] & R.money ? S['earns>money'] : S['earns'], token);
            break;
          }
      }
      if (now & R.ware) {
        add(S['ware'], token);
        for (let at = token - 1; at >= token - 4 && at >= 0; at--)
          if (role[at] & R.free) {
            add(S['free>ware'], token);
            break;
          }
      }
      if (now & R.contact) add(S['contact'], token);
      if (now & R.these && next & R.place) add(S['this place'], token);
      if (now & R.who && (next | (token + 2 < read ? role[token + 2] : 0)) & R.watch)
        add(S['who watches'], token);
      if (now & R.views) {
        for (let at = token - 1; at >= token - 3 && at >= 0; at--)
          if (flags[at] & FLAG.number || role[at] & R.big) add(S['count of views'], token);
      }
      if (now & R.causes) add(S['for causes'], token);
    }
    if (requestCount > 1) add(S['asks twice'], 0);
    if (requestCount > 3) add(S['asks often'], 0);
  }

  private findObjects(
    { flags }: Tokens,
    token: number,
    read: number,
    add: (feature: number, token: number) => void,
  ): void {
    const role = this.roles;
    let seenPossessive = false;
    for (let at = token + 1; at <= token + 6 && at < read; at++) {
      if (role[at] & R.me && at <= token + 3) add(S['asks>me'], token);
      if (role[at] & R.own) seenPossessive = true;
      if (role[at] & R.place) {
        add(seenPossessive ? S['asks>own place'] : S['asks>place'], token);
        return;
      }
      if (flags[at] & FLAG.name && at <= token + 3 && role[token] & R.firm) add(S['name to look up'], token);
    }
  }

  private findAddresses(
    { count, urls, words, bareLinks, shortLinks, videoLinks, mails, amounts, ornaments, urlAt }: Tokens,
    add: (feature: number, token: number) => void,
    hasRequest: boolean,
  ): void {
    const links = urls + bareLinks;
    if (bareLinks > 0) add(S['bare link'], 0);
    if (shortLinks > 0) add(S['shortened link'], 0);
    if (videoLinks > 0) add(S['link to a video'], 0);
    if (links > 0 && hasRequest) add(S['asks>link'], 0);
    if (links > 0 && words < 8) add(S['link alone'], 0);
    if (links > 0 && words >= 8 && urlAt > count / 2) add(S['link at the end'], 0);
    if (mails > 0) add(S['email'], 0);
    if (amounts > 0) add(S['amount'], 0);
    if (ornaments > 0) add(S['ornaments'], 0);
  }
}
