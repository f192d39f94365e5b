import { domainToUnicode } from 'node:url';
import { parse } from 'tldts';
import unhomoglyph from 'unhomoglyph';
import { linksOf } from '../../comments/markdown.js';
import { toValue, uniteSpans, type ScoreMap, type Span } from '../scores.js';
import type { PhaseInput } from './phase.js';

// More links than this are not looked at one by one; so many are over any site's limit.
const LOOKED_AT_MAX = 200;
const BLOCKED = 1;
const DISGUISED = 0.85;
const OVER_THE_LIMIT = 0.7;
const NEW_READER = 0.45; // the first link; below the default threshold of .6, the second is above it
const SHORTENED = 0.3;
const ORDINARY = 0.1;

// Where a link leads cannot be seen: services whose addresses lead elsewhere.
const SHORTENERS = new Set(
  'bit.ly t.co goo.gl tinyurl.com ow.ly is.gd buff.ly rebrand.ly cutt.ly shorturl.at rb.gy t.ly tiny.cc adf.ly bl.ink lnkd.in s.id v.gd clck.ru bit.do soo.gd trib.al dlvr.it surl.li shorte.st u.to x.co tr.im short.io lc.chat ouo.io urlz.fr'.split(
    ' ',
  ),
);

/** Names that others like to look like. */
const WELL_KNOWN =
  'paypal.com google.com gmail.com apple.com icloud.com amazon.com microsoft.com office.com outlook.com facebook.com instagram.com whatsapp.com netflix.com ebay.com coinbase.com binance.com linkedin.com twitter.com youtube.com dropbox.com wikipedia.org steamcommunity.com'.split(
    ' ',
  );

interface Link {
  host: string;
  /** The part that somebody registered, such as example.co.uk; the host for an address without one. */
  domain: string;
  /** The labels before it. */
  below: readonly string[];
  isAddress: boolean;
  text: string;
}

/**
 * How suspicious a comment's links are: blocked domains, disguised ones (another address as the link's text, a name
 * that looks like the site's own, an address of digits), more than the site allows, a new reader's. Several
 * links to one domain are several; allowed domains and their subdomains count for nothing. Spans cover where the host is
 * written. `spam` is a small hint.
 */
export function links({ body, reader, settings }: PhaseInput): ScoreMap {
  const { max, allow, block } = settings.links;
  // Nothing without one of these is ever a link.
  const plain = unhidden(body);
  const found = /https?:|mailto:/i.test(plain)
    ? linksOf(plain).flatMap(({ href, text }) => readLink(href, text))
    : [];
  const allowed = hostsOf(allow);
  const blocked = hostsOf(block);
  const known: Known = { hosts: new Set([...WELL_KNOWN, ...allowed]), looks: new Map(), brands: new Map() };
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
    else if (reader.isNew) raise(link, Math.min(OVER_THE_LIMIT, NEW_READER * counted.length));
    else value = Math.max(value, ORDINARY);
  }
  // What is written without https: leads there all the same, once somebody types it.
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

const HIDDEN_SCHEME = /\bh(?:xx|\*\*|__)p(?=s?:\/\/)/gi;
const HIDDEN_LINK = /\bhttps?:\/\/[^\s/]{1,200}/gi;

/** Links made unclickable so that no filter counts them, hxxps://evil[.]example, as the links they are. */
const unhidden = (body: string): string =>
  body
    .replace(HIDDEN_SCHEME, 'http')
    .replace(HIDDEN_LINK, (link) => link.replace(/[[({](?:\.|dot)[\])}]/gi, '.'));

function readLink(href: string, text: string): Link[] {
  if (!URL.canParse(href)) return [];
  const { protocol, hostname } = new URL(href);
  if (protocol === 'mailto:' || hostname === '') return [];
  // Private suffixes too: two customers of one host are two domains.
  const { domain, isIp } = parse(hostname, { allowPrivateDomains: true, validateHostname: false });
  const host = bare(hostname);
  const own = domain ?? host;
  const below = host.endsWith(`.${own}`) ? host.slice(0, -own.length - 1).split('.') : [];
  return [{ host, domain: own, below, isAddress: isIp === true, text }];
}

// evil.example, evil[.]example, evil (dot) example: what is no link leads there all the same.
// What stands before the @ of an address such as https://bank.example@evil.example leads nowhere.
const MENTION =
  /(?<![\p{L}\p{N}.-])(?<!(?<!:\/\/[^\s/]{1,200})@)[\p{L}\p{N}-]{1,63}(?:(?:[.。．․｡]|%2e| ?[[({] ?(?:\.|dot) ?[\])}] ?| dot )[\p{L}\p{N}-]{1,63}){1,8}/giu;
const SPOKEN_DOT = /[。．․｡]|%2e| ?[[({] ?(?:\.|dot) ?[\])}] ?| dot /gi;
const HAS_DOT = /[.。．․｡]|%2e/i;

/** Domains that a text names, also where they are no links. */
function* mentionsOf(body: string): Generator<{ host: string; span: Span }> {
  for (const match of body.matchAll(MENTION)) {
    const host = asciiHost(bare(match[0].replace(SPOKEN_DOT, '.')));
    yield { host, span: [match.index, match.index + match[0].length] };
  }
}

function weightOfMention(host: string, known: Known, isNew: boolean): number {
  const domain = parse(host, { validateHostname: false }).domain ?? '';
  if (SHORTENERS.has(domain)) return isNew ? NEW_READER + SHORTENED : SHORTENED;
  return domain !== '' && isLike(domain, known) ? DISGUISED : 0;
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

/** Whether the host or a domain above it is listed; a list may be long, so it is asked by name. */
function isListed(host: string, listed: ReadonlySet<string>): boolean {
  for (let at = 0; at >= 0;) {
    if (listed.has(at === 0 ? host : host.slice(at))) return true;
    const dot = host.indexOf('.', at);
    at = dot < 0 ? -1 : dot + 1;
  }
  return false;
}

const lookOf = (name: string): string => unhomoglyph(name).toLowerCase();
/** Names that readers trust: everybody's and the site's. */
interface Known {
  readonly hosts: ReadonlySet<string>;
  /** Each of them by what it looks like. */
  readonly looks: Map<string, string>;
  /** Their names alone, without what stands behind: paypal of paypal.com. */
  readonly brands: Map<string, string>;
}

// Shorter names look like too many words.
const BRAND_CHARS = 5;

function learnLooks({ hosts, looks, brands }: Known): void {
  for (const host of hosts) {
    looks.set(lookOf(host), host);
    const brand = parse(host, { validateHostname: false }).domainWithoutSuffix ?? '';
    if (brand.length >= BRAND_CHARS) brands.set(lookOf(brand), brand);
  }
}

const MAX_LABELS = 12;

/** Whether a name that readers trust stands before the domain that counts: paypal.com.evil.example. */
function namesAnother(below: readonly string[], { hosts }: Known): boolean {
  const labels = below.slice(0, MAX_LABELS);
  return labels.some((_, from) =>
    labels.slice(from + 1).some((_, more) => hosts.has(labels.slice(from, from + more + 2).join('.'))),
  );
}

function isDisguised({ host, domain, below, isAddress, text }: Link, known: Known): boolean {
  if (isAddress) return true;
  // [https://bank.example](https://other.example): the text names another domain than the link.
  const named = /^\s*(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+[\p{L}]{2,})(?:[/:?#]|\s*$)/iu.exec(text)?.[1];
  if (named) {
    const { domain: shown } = parse(named.toLowerCase(), { allowPrivateDomains: true });
    const target = asciiHost(shown ?? '');
    if (target !== '' && target !== domain && !host.endsWith(`.${target}`)) return true;
  }
  if (!text.trim()) return true;
  if (namesAnother(below, known)) return true;
  // paypa1.com, or an international name that reads as a trusted one, or that mixes scripts within one label.
  const shown = host.includes('xn--') ? decodeHost(host) : host;
  const registered = shown.split('.').slice(-domain.split('.').length).join('.');
  return [shown, registered].some((name) => isLike(name, known)) || shown.split('.').some(mixesScripts);
}

function isLike(name: string, { hosts, looks, brands }: Known): boolean {
  if (hosts.has(name)) return false;
  const like = looks.get(lookOf(name));
  if (like !== undefined && like !== name) return true;
  // amaz0n.co.uk, faceb00k-login.example: the name itself is in disguise, whatever stands around it.
  return name.split(/[.-]/, MAX_LABELS).some((part) => {
    const brand = brands.get(lookOf(part));
    return brand !== undefined && brand !== part;
  });
}

const mixesScripts = (label: string): boolean =>
  /\p{Script=Latin}/u.test(label) &&
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u.test(label);

/** Host names are punycode (RFC 3492) in URLs; this is what people see. */
const decodeHost = (host: string): string => domainToUnicode(host) || host;

function spansOf(body: string, { host, text }: Link): Span[] {
  const lower = body.toLowerCase();
  for (const wanted of [host, decodeHost(host), text.toLowerCase()]) {
    const at = wanted === '' || lower.length !== body.length ? -1 : lower.indexOf(wanted);
    if (at >= 0) return [[at, at + wanted.length]];
  }
  return [];
}
