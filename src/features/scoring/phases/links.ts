import { domainToUnicode } from 'node:url';
import { parse } from 'tldts';
import unhomoglyph from 'unhomoglyph';
import { linksOf } from '../../comments/markdown.js';
import { toValue, uniteSpans, type ScoreMap, type Span } from '../scores.js';
import type { PhaseInput } from './phase.js';

// Further links are not examined individually; this many exceed any site's limit.
const LOOKED_AT_MAX = 200;
const BLOCKED = 1;
const DISGUISED = 0.85;
const OVER_THE_LIMIT = 0.7;
// For any number of links up to the site's limit: below the default threshold of .6.
const NEW_READER = 0.45;
const SHORTENED = 0.3;
const ORDINARY = 0.1;

// URL shorteners, which hide where a link leads.
const SHORTENERS = new Set(
  'bit.ly t.co goo.gl tinyurl.com ow.ly is.gd buff.ly rebrand.ly cutt.ly shorturl.at rb.gy t.ly tiny.cc adf.ly bl.ink lnkd.in s.id v.gd clck.ru bit.do soo.gd trib.al dlvr.it surl.li shorte.st u.to x.co tr.im short.io lc.chat ouo.io urlz.fr'.split(
    ' ',
  ),
);

/** Names that are often imitated. */
const WELL_KNOWN =
  'paypal.com google.com gmail.com apple.com icloud.com amazon.com microsoft.com office.com outlook.com facebook.com instagram.com whatsapp.com netflix.com ebay.com coinbase.com binance.com linkedin.com twitter.com youtube.com dropbox.com wikipedia.org steamcommunity.com'.split(
    ' ',
  );

interface Link {
  host: string;
  /** The registrable domain, such as example.co.uk; the host if there is none. */
  domain: string;
  /** The DNS labels before it. */
  below: readonly string[];
  isAddress: boolean;
  text: string;
}

/**
 * Scores how suspicious a comment's links are: blocked domains, disguised links (another address as the link's text,
 * a name that looks like the site's own, a numeric address), more links than the site allows, links by a new reader.
 * Several links to one domain count as several; allowed domains and their subdomains do not count. Spans cover the
 * host as written. `spam` is a weak hint.
 */
export function links({ body, reader, settings }: PhaseInput): ScoreMap {
  const { max, allow, block } = settings.links;
  // Fast path: every link contains one of these.
  const plain = unhidden(body);
  const found = /https?:|mailto:/i.test(plain)
    ? linksOf(plain).flatMap(({ href, text }) => readLink(href, text))
    : [];
  const allowed = hostsOf(allow);
  const blocked = hostsOf(block);
  const known = unlearned(allowed);
  const mentioned =
    HAS_DOT.test(plain) || blocked.size > 0 ? [...mentionsOf(body)].slice(0, LOOKED_AT_MAX) : [];
  if (found.length > 0 || mentioned.length > 0) learnLooks(known);
  const counted = found.filter(({ host }) => !isListed(host, allowed));

  let value = 0;
  const spans: Span[] = [];
  const raise = (link: Link, to: number): void => {
    value = Math.max(value, to);
    const written = spansOf(body, link);
    const hidden = mentioned.filter(({ host }) => host === link.host).map(({ span }) => span);
    spans.push(...(written.length > 0 ? written : hidden));
  };
  for (const link of counted.slice(0, LOOKED_AT_MAX)) {
    if (isListed(link.host, blocked)) raise(link, BLOCKED);
    else if (isDisguised(link, known)) raise(link, DISGUISED);
    else if (SHORTENERS.has(link.domain)) raise(link, reader.isNew ? NEW_READER + SHORTENED : SHORTENED);
    else if (reader.isNew) raise(link, NEW_READER);
    else value = Math.max(value, ORDINARY);
  }
  // Addresses without https count too, because people can type them.
  const linked = new Set(found.map(({ host }) => host));
  for (const { host, span } of mentioned) {
    if (isListed(host, allowed)) continue;
    const weight = isListed(host, blocked)
      ? BLOCKED
      : linked.has(host)
        ? 0
        : weightOfMention(host, known, reader.isNew);
    if (weight === 0) continue;
    value = Math.max(value, weight);
    spans.push(span);
  }
  if (counted.length > max) counted.slice(0, LOOKED_AT_MAX).forEach((link) => raise(link, OVER_THE_LIMIT));
  return {
    links: { value: toValue(value), spans: uniteSpans(spans) },
    spam: { value: toValue(value >= BLOCKED ? 0.7 : counted.length > max ? 0.5 : 0), spans: [] },
  };
}

export const LINK_DOUBTS = ['look-alike', 'mixed-scripts', 'digits', 'shortened', 'blocked'] as const;

/** A host that a moderator should check because it may not be what it seems. */
export interface DoubtfulHost {
  /** As in URLs: in lower case and ASCII, without `www.`. */
  readonly host: string;
  /** As people read it, decoded from punycode. */
  readonly shown: string;
  readonly doubt: (typeof LINK_DOUBTS)[number];
  /** For a look-alike: the name that it imitates. */
  readonly like: string | null;
}

const DOUBTED_MAX = 20;

/**
 * Returns the doubtful hosts in a text for moderators, linked or only written, each once, in no particular order.
 * Fetches nothing. Does not report a link text that names another site, because moderators see text and target
 * together.
 */
export function doubtfulHosts(
  body: string,
  { allow, block }: { allow: string[]; block: string[] },
): DoubtfulHost[] {
  const plain = unhidden(body);
  const allowed = hostsOf(allow);
  const blocked = hostsOf(block);
  const known = unlearned(allowed);
  const links = /https?:/i.test(plain)
    ? linksOf(plain).flatMap(({ href, text }) => readLink(href, text))
    : [];
  const written = plain.includes('.') ? [...mentionsOf(body)].map(({ host }) => host) : [];
  if (links.length === 0 && written.length === 0) return [];
  learnLooks(known);
  const found = new Map<string, DoubtfulHost>();
  const doubt = (host: string, domain: string, below: readonly string[], isAddress: boolean): void => {
    if (found.has(host) || found.size >= DOUBTED_MAX || isListed(host, allowed)) return;
    const shown = decodeHost(host);
    const like = namedIn(below, known) ?? likeOfEither(shown, domain, known);
    const why = isListed(host, blocked)
      ? 'blocked'
      : isAddress
        ? 'digits'
        : like !== null
          ? 'look-alike'
          : SHORTENERS.has(domain)
            ? 'shortened'
            : shown.split('.').some(mixesScripts)
              ? 'mixed-scripts'
              : null;
    if (why) found.set(host, { host, shown, doubt: why, like: why === 'look-alike' ? like : null });
  };
  for (const { host, domain, below, isAddress } of links.slice(0, LOOKED_AT_MAX))
    doubt(host, domain, below, isAddress);
  // Only names with a known suffix count; 1.0 and "good.idea" do not.
  for (const host of written.slice(0, LOOKED_AT_MAX)) {
    const { domain, isIcann } = parse(host, { validateHostname: false });
    if (domain && isIcann) doubt(host, domain, [], false);
  }
  return [...found.values()];
}

// Only institutions can register names under these: bls.gov, ox.ac.uk, who.int.
const RESTRICTED_SUFFIX = /(?:^|\.)(?:gov|edu|int|mil|ac|nhs|police)(?:\.[a-z]{2})?$/;

/** Whether a text links to a host that anybody can register, or mentions one with a known suffix. */
export function leadsToOpenHost(body: string): boolean {
  const plain = unhidden(body);
  const linked = /https?:/i.test(plain)
    ? linksOf(plain).flatMap(({ href, text }) => readLink(href, text))
    : [];
  const isOpen = (host: string, isLink: boolean): boolean => {
    const { publicSuffix, domain, isIcann } = parse(host, { validateHostname: false });
    return (isLink || (domain !== null && isIcann === true)) && !RESTRICTED_SUFFIX.test(publicSuffix ?? '');
  };
  return (
    linked.some(({ host }) => isOpen(host, true)) ||
    (HAS_DOT.test(plain) &&
      [...mentionsOf(body)].slice(0, LOOKED_AT_MAX).some(({ host }) => isOpen(host, false)))
  );
}

const HIDDEN_SCHEME = /\bh(?:xx|\*\*|__)p(?=s?:\/\/)/gi;
const HIDDEN_LINK = /\bhttps?:\/\/[^\s/]{1,200}/gi;

/** Restores links that were made unclickable to evade filters, such as hxxps://evil[.]example. */
const unhidden = (body: string): string =>
  body
    .replace(HIDDEN_SCHEME, 'http')
    .replace(HIDDEN_LINK, (link) => link.replace(/[[({](?:\.|dot)[\])}]/gi, '.'));

function readLink(href: string, text: string): Link[] {
  if (!URL.canParse(href)) return [];
  const { protocol, hostname } = new URL(href);
  if (protocol === 'mailto:' || hostname === '') return [];
  // Includes private suffixes: two customers of one host are two domains.
  const { domain, isIp } = parse(hostname, { allowPrivateDomains: true, validateHostname: false });
  const host = bare(hostname);
  const own = domain ?? host;
  const below = host.endsWith(`.${own}`) ? host.slice(0, -own.length - 1).split('.') : [];
  return [{ host, domain: own, below, isAddress: isIp === true, text }];
}

// evil.example, evil[.]example, evil (dot) example: written without a link, but people can follow them. The part
// before the @ of an address such as https://bank.example@evil.example is not a host.
const MENTION =
  /(?<![\p{L}\p{N}.-])(?<!(?<!:\/\/[^\s/]{1,200})@)[\p{L}\p{N}-]{1,63}(?:(?:[.。．․｡]|%2e| ?[[({] ?(?:\.|dot) ?[\])}] ?| dot )[\p{L}\p{N}-]{1,63}){1,8}/giu;
const SPOKEN_DOT = /[。．․｡]|%2e| ?[[({] ?(?:\.|dot) ?[\])}] ?| dot /gi;
const HAS_DOT = /[.。．․｡]|%2e/i;

/** Domains mentioned in a text, whether linked or not. */
function* mentionsOf(body: string): Generator<{ host: string; span: Span }> {
  for (const match of body.matchAll(MENTION)) {
    const host = asciiHost(bare(match[0].replace(SPOKEN_DOT, '.')));
    yield { host, span: [match.index, match.index + match[0].length] };
  }
}

function weightOfMention(host: string, known: Known, isNew: boolean): number {
  const domain = parse(host, { validateHostname: false }).domain ?? '';
  if (SHORTENERS.has(domain)) return isNew ? NEW_READER + SHORTENED : SHORTENED;
  return domain !== '' && likeOf(domain, known) !== null ? DISGUISED : 0;
}

const bare = (domain: string): string =>
  domain
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\*?\.?(?:www\.)?/, '');
const asciiHost = (domain: string): string =>
  /^[a-z0-9.-]*$/.test(domain) || !URL.canParse(`http://${domain}`)
    ? domain
    : new URL(`http://${domain}`).hostname;

const hostsOf = (domains: readonly string[]): Set<string> =>
  new Set(domains.map((domain) => asciiHost(bare(domain))));

/** Whether the host or a parent domain is listed. Looks up each name because a list may be long. */
function isListed(host: string, listed: ReadonlySet<string>): boolean {
  for (let at = 0; at >= 0;) {
    if (listed.has(at === 0 ? host : host.slice(at))) return true;
    const dot = host.indexOf('.', at);
    at = dot < 0 ? -1 : dot + 1;
  }
  return false;
}

// The look-alike table reads the small palochka as an i, but in every typeface it looks like an l.
const lookOf = (name: string): string => unhomoglyph(name.replaceAll('ӏ', 'l')).toLowerCase();

/** Names that readers trust: well-known ones and the site's. */
interface Known {
  readonly hosts: ReadonlySet<string>;
  /** Each of them by its visual form. */
  readonly looks: Map<string, string>;
  /** The names without their suffix: paypal of paypal.com. */
  readonly brands: Map<string, string>;
}

const unlearned = (allowed: ReadonlySet<string>): Known => ({
  hosts: new Set([...WELL_KNOWN, ...allowed]),
  looks: new Map(),
  brands: new Map(),
});

// Shorter names resemble too many words.
const BRAND_CHARS = 5;

function learnLooks({ hosts, looks, brands }: Known): void {
  for (const host of hosts) {
    looks.set(lookOf(host), host);
    const brand = parse(host, { validateHostname: false }).domainWithoutSuffix ?? '';
    if (brand.length >= BRAND_CHARS) brands.set(lookOf(brand), brand);
  }
}

const MAX_LABELS = 12;

/** A trusted name in a subdomain: paypal.com of paypal.com.evil.example. */
function namedIn(below: readonly string[], { hosts }: Known): string | null {
  const labels = below.slice(0, MAX_LABELS);
  for (let from = 0; from < labels.length; from++)
    for (let to = from + 2; to <= labels.length; to++) {
      const name = labels.slice(from, to).join('.');
      if (hosts.has(name)) return name;
    }
  return null;
}

function isDisguised({ host, domain, below, isAddress, text }: Link, known: Known): boolean {
  if (isAddress) return true;
  // [https://bank.example](https://other.example): the text names a different domain than the link.
  const named = /^\s*(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+[\p{L}]{2,})(?:[/:?#]|\s*$)/iu.exec(text)?.[1];
  if (named) {
    const { domain: shown } = parse(named.toLowerCase(), { allowPrivateDomains: true });
    const target = asciiHost(shown ?? '');
    if (target !== '' && target !== domain && !host.endsWith(`.${target}`)) return true;
  }
  if (!text.trim()) return true;
  if (namedIn(below, known) !== null) return true;
  // paypa1.com, or an international name that looks like a trusted one or mixes scripts within one label.
  const shown = decodeHost(host);
  return likeOfEither(shown, domain, known) !== null || shown.split('.').some(mixesScripts);
}

/** The name that the whole host or its registrable domain looks like. */
function likeOfEither(shown: string, domain: string, known: Known): string | null {
  const registered = shown.split('.').slice(-domain.split('.').length).join('.');
  return likeOf(shown, known) ?? likeOf(registered, known);
}

/** The trusted name that another one looks like; null for a trusted one and if there is none. */
function likeOf(name: string, { hosts, looks, brands }: Known): string | null {
  if (hosts.has(name)) return null;
  const like = looks.get(lookOf(name));
  if (like !== undefined && like !== name) return like;
  // amaz0n.co.uk, faceb00k-login.example: a disguised name within the host.
  for (const part of name.split(/[.-]/, MAX_LABELS)) {
    const brand = brands.get(lookOf(part));
    if (brand !== undefined && brand !== part) return brand;
  }
  return null;
}

const mixesScripts = (label: string): boolean =>
  /\p{Script=Latin}/u.test(label) &&
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u.test(label);

/** Host names are punycode (RFC 3492) in URLs; this decodes them to what people see. */
const decodeHost = (host: string): string => (host.includes('xn--') && domainToUnicode(host)) || host;

function spansOf(body: string, { host, text }: Link): Span[] {
  const lower = body.toLowerCase();
  for (const wanted of [host, decodeHost(host), text.toLowerCase()]) {
    const at = wanted === '' || lower.length !== body.length ? -1 : lower.indexOf(wanted);
    if (at >= 0) return [[at, at + wanted.length]];
  }
  return [];
}
