import { domainToUnicode } from 'node:url';
import { parse } from 'tldts';
import unhomoglyph from 'unhomoglyph';
import { linksOf } from '../../comments/markdown.js';
import { toValue, uniteSpans, type ScoreMap, type Span } from '../scores.js';
import type { PhaseInput } from './phase.js';

// Further links are not examined individually; this many exceed any site's limit.
const MAX_EXAMINED_LINKS = 200;
// Scores of a link.
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
  /** The DNS labels before the domain. */
  subdomains: readonly string[];
  isIpAddress: boolean;
  text: string;
}

/**
 * Scores how suspicious a comment's links are: blocked domains, disguised links (another address as the link's text,
 * a name that looks like the site's own, a numeric address), more links than the site allows, links by a new reader.
 * Several links to one domain count as several; allowed domains and their subdomains do not count. Spans cover the
 * host as written. `spam` is only a weak hint.
 */
export function links({ body, reader, settings }: PhaseInput): ScoreMap {
  const { max, allow, block } = settings.links;
  // Fast path: every link contains one of these.
  const plain = restoreHiddenLinks(body);
  const allLinks = /https?:|mailto:/i.test(plain)
    ? linksOf(plain).flatMap(({ href, text }) => readLink(href, text))
    : [];
  const allowed = hostsOf(allow);
  const blocked = hostsOf(block);
  const trusted = newTrustedHosts(allowed);
  const mentioned =
    HAS_DOT.test(plain) || blocked.size > 0 ? [...mentionsOf(body)].slice(0, MAX_EXAMINED_LINKS) : [];
  if (allLinks.length > 0 || mentioned.length > 0) indexVisualForms(trusted);
  const unlistedLinks = allLinks.filter(({ host }) => !isListed(host, allowed));

  let value = 0;
  const spans: Span[] = [];
  const raise = (link: Link, score: number): void => {
    value = Math.max(value, score);
    const linkSpans = spansOf(body, link);
    const mentionSpans = mentioned.filter(({ host }) => host === link.host).map(({ span }) => span);
    spans.push(...(linkSpans.length > 0 ? linkSpans : mentionSpans));
  };
  for (const link of unlistedLinks.slice(0, MAX_EXAMINED_LINKS)) {
    if (isListed(link.host, blocked)) raise(link, BLOCKED);
    else if (isDisguised(link, trusted)) raise(link, DISGUISED);
    else if (SHORTENERS.has(link.domain)) raise(link, reader.isNew ? NEW_READER + SHORTENED : SHORTENED);
    else if (reader.isNew) raise(link, NEW_READER);
    else value = Math.max(value, ORDINARY);
  }
  // Addresses without https count too, because people can type them.
  const linkedHosts = new Set(allLinks.map(({ host }) => host));
  for (const { host, span } of mentioned) {
    if (isListed(host, allowed)) continue;
    const score = isListed(host, blocked)
      ? BLOCKED
      : linkedHosts.has(host)
        ? 0
        : scoreOfMention(host, trusted, reader.isNew);
    if (score === 0) continue;
    value = Math.max(value, score);
    spans.push(span);
  }
  if (unlistedLinks.length > max)
    unlistedLinks.slice(0, MAX_EXAMINED_LINKS).forEach((link) => raise(link, OVER_THE_LIMIT));
  return {
    links: { value: toValue(value), spans: uniteSpans(spans) },
    spam: { value: toValue(value >= BLOCKED ? 0.7 : unlistedLinks.length > max ? 0.5 : 0), spans: [] },
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

const MAX_DOUBTFUL_HOSTS = 20;

/**
 * Returns the doubtful hosts in a text for moderators, linked or only written, each once, in no particular order.
 * Fetches nothing. Does not report a link text that names another site, because moderators see text and target
 * together.
 */
export function doubtfulHosts(
  body: string,
  { allow, block }: { allow: string[]; block: string[] },
): DoubtfulHost[] {
  const plain = restoreHiddenLinks(body);
  const allowed = hostsOf(allow);
  const blocked = hostsOf(block);
  const trusted = newTrustedHosts(allowed);
  const links = /https?:/i.test(plain)
    ? linksOf(plain).flatMap(({ href, text }) => readLink(href, text))
    : [];
  const written = plain.includes('.') ? [...mentionsOf(body)].map(({ host }) => host) : [];
  if (links.length === 0 && written.length === 0) return [];
  indexVisualForms(trusted);
  const found = new Map<string, DoubtfulHost>();
  const addDoubtfulHost = (
    host: string,
    domain: string,
    subdomains: readonly string[],
    isIpAddress: boolean,
  ): void => {
    if (found.has(host) || found.size >= MAX_DOUBTFUL_HOSTS || isListed(host, allowed)) return;
    const shown = decodeHost(host);
    const imitated = trustedNameIn(subdomains, trusted) ?? imitatedByEither(shown, domain, trusted);
    const doubt = isListed(host, blocked)
      ? 'blocked'
      : isIpAddress
        ? 'digits'
        : imitated !== null
          ? 'look-alike'
          : SHORTENERS.has(domain)
            ? 'shortened'
            : shown.split('.').some(mixesScripts)
              ? 'mixed-scripts'
              : null;
    if (doubt) found.set(host, { host, shown, doubt, like: doubt === 'look-alike' ? imitated : null });
  };
  for (const { host, domain, subdomains, isIpAddress } of links.slice(0, MAX_EXAMINED_LINKS))
    addDoubtfulHost(host, domain, subdomains, isIpAddress);
  // Only names with a known suffix count; 1.0 and "good.idea" do not.
  for (const host of written.slice(0, MAX_EXAMINED_LINKS)) {
    const { domain, isIcann } = parse(host, { validateHostname: false });
    if (domain && isIcann) addDoubtfulHost(host, domain, [], false);
  }
  return [...found.values()];
}

// Only institutions can register names under these: bls.gov, ox.ac.uk, who.int.
const RESTRICTED_SUFFIX = /(?:^|\.)(?:gov|edu|int|mil|ac|nhs|police)(?:\.[a-z]{2})?$/;

/** Newspapers, broadcasters and works of reference that commenters link to. */
const REPUTABLE = new Set(
  'bbc.co.uk bbc.com theguardian.com thetimes.co.uk thetimes.com telegraph.co.uk independent.co.uk ft.com economist.com spectator.co.uk newstatesman.com standard.co.uk mirror.co.uk dailymail.co.uk thesun.co.uk sky.com itv.com channel4.com scotsman.com heraldscotland.com irishtimes.com independent.ie rte.ie thejournal.ie belfasttelegraph.co.uk walesonline.co.uk manchestereveningnews.co.uk reuters.com apnews.com afp.com bloomberg.com nytimes.com washingtonpost.com wsj.com latimes.com usatoday.com bostonglobe.com chicagotribune.com politico.com politico.eu theatlantic.com newyorker.com time.com cnn.com npr.org pbs.org cbc.ca theglobeandmail.com abc.net.au smh.com.au theage.com.au theaustralian.com.au nzherald.co.nz rnz.co.nz thehindu.com indianexpress.com hindustantimes.com straitstimes.com scmp.com aljazeera.com dw.com spiegel.de zeit.de faz.net sueddeutsche.de lemonde.fr lefigaro.fr elpais.com corriere.it repubblica.it nrc.nl volkskrant.nl news24.com dailymaverick.co.za wikipedia.org wikimedia.org britannica.com archive.org nature.com science.org thelancet.com bmj.com nejm.org arxiv.org doi.org plos.org jstor.org ourworldindata.org fullfact.org snopes.com europa.eu un.org oecd.org worldbank.org imf.org redcross.org amnesty.org which.co.uk citizensadvice.org.uk nationaltrust.org.uk theyworkforyou.com whatdotheyknow.com legislation.gov.uk'.split(
    ' ',
  ),
);

/**
 * Whether a text links to a host that anybody can register and that is not well known for its contents. A host that is
 * only mentioned counts if it has a known suffix.
 */
export function leadsToOpenHost(body: string): boolean {
  const plain = restoreHiddenLinks(body);
  const linked = /https?:/i.test(plain)
    ? linksOf(plain).flatMap(({ href, text }) => readLink(href, text))
    : [];
  const isOpen = (host: string, isLink: boolean): boolean => {
    const { publicSuffix, domain, isIcann } = parse(host, { validateHostname: false });
    return (
      (isLink || (domain !== null && isIcann === true)) &&
      !RESTRICTED_SUFFIX.test(publicSuffix ?? '') &&
      !REPUTABLE.has(domain ?? '')
    );
  };
  return (
    linked.some(({ host }) => isOpen(host, true)) ||
    (HAS_DOT.test(plain) &&
      [...mentionsOf(body)].slice(0, MAX_EXAMINED_LINKS).some(({ host }) => isOpen(host, false)))
  );
}

const HIDDEN_SCHEME = /\bh(?:xx|\*\*|__)p(?=s?:\/\/)/gi;
const HIDDEN_LINK = /\bhttps?:\/\/[^\s/]{1,200}/gi;

/** Restores links that were made unclickable to evade filters, such as hxxps://evil[.]example. */
const restoreHiddenLinks = (body: string): string =>
  body
    .replace(HIDDEN_SCHEME, 'http')
    .replace(HIDDEN_LINK, (link) => link.replace(/[[({](?:\.|dot)[\])}]/gi, '.'));

function readLink(href: string, text: string): Link[] {
  if (!URL.canParse(href)) return [];
  const { protocol, hostname } = new URL(href);
  if (protocol === 'mailto:' || hostname === '') return [];
  // Includes private suffixes: two customers of one host are two domains.
  const { domain, isIp } = parse(hostname, { allowPrivateDomains: true, validateHostname: false });
  const host = normalizeDomain(hostname);
  const registrable = domain ?? host;
  const subdomains = host.endsWith(`.${registrable}`)
    ? host.slice(0, -registrable.length - 1).split('.')
    : [];
  return [{ host, domain: registrable, subdomains, isIpAddress: isIp === true, text }];
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
    const host = asciiHost(normalizeDomain(match[0].replace(SPOKEN_DOT, '.')));
    yield { host, span: [match.index, match.index + match[0].length] };
  }
}

function scoreOfMention(host: string, trusted: TrustedHosts, isNew: boolean): number {
  const domain = parse(host, { validateHostname: false }).domain ?? '';
  if (SHORTENERS.has(domain)) return isNew ? NEW_READER + SHORTENED : SHORTENED;
  return domain !== '' && imitatedBy(domain, trusted) !== null ? DISGUISED : 0;
}

const normalizeDomain = (domain: string): string =>
  domain
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\*?\.?(?:www\.)?/, '');
const asciiHost = (domain: string): string =>
  /^[a-z0-9.-]*$/.test(domain) || !URL.canParse(`http://${domain}`)
    ? domain
    : new URL(`http://${domain}`).hostname;

const hostsOf = (domains: readonly string[]): Set<string> =>
  new Set(domains.map((domain) => asciiHost(normalizeDomain(domain))));

/** Whether the host or a parent domain is listed. Does not scan the list, because it may be long. */
function isListed(host: string, listed: ReadonlySet<string>): boolean {
  for (let at = 0; at >= 0;) {
    if (listed.has(at === 0 ? host : host.slice(at))) return true;
    const dot = host.indexOf('.', at);
    at = dot < 0 ? -1 : dot + 1;
  }
  return false;
}

// The look-alike table reads the small palochka as an i, but in every typeface it looks like an l.
const visualFormOf = (name: string): string => unhomoglyph(name.replaceAll('ӏ', 'l')).toLowerCase();

/** Names that readers trust: well-known ones and the site's. */
interface TrustedHosts {
  readonly hosts: ReadonlySet<string>;
  /** Each of them by its visual form. */
  readonly byVisualForm: Map<string, string>;
  /** The names without their suffix: paypal of paypal.com. */
  readonly brands: Map<string, string>;
}

const newTrustedHosts = (allowed: ReadonlySet<string>): TrustedHosts => ({
  hosts: new Set([...WELL_KNOWN, ...allowed]),
  byVisualForm: new Map(),
  brands: new Map(),
});

// Shorter names resemble too many words.
const MIN_BRAND_CHARS = 5;

function indexVisualForms({ hosts, byVisualForm, brands }: TrustedHosts): void {
  for (const host of hosts) {
    byVisualForm.set(visualFormOf(host), host);
    const brand = parse(host, { validateHostname: false }).domainWithoutSuffix ?? '';
    if (brand.length >= MIN_BRAND_CHARS) brands.set(visualFormOf(brand), brand);
  }
}

const MAX_LABELS = 12;

/** A trusted name in a subdomain: paypal.com of paypal.com.evil.example. */
function trustedNameIn(subdomains: readonly string[], { hosts }: TrustedHosts): string | null {
  const labels = subdomains.slice(0, MAX_LABELS);
  for (let from = 0; from < labels.length; from++)
    for (let to = from + 2; to <= labels.length; to++) {
      const name = labels.slice(from, to).join('.');
      if (hosts.has(name)) return name;
    }
  return null;
}

function isDisguised({ host, domain, subdomains, isIpAddress, text }: Link, trusted: TrustedHosts): boolean {
  if (isIpAddress) return true;
  // [https://bank.example](https://other.example): the text names a different domain than the link.
  const nameInText = /^\s*(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+[\p{L}]{2,})(?:[/:?#]|\s*$)/iu.exec(
    text,
  )?.[1];
  if (nameInText) {
    const { domain: shown } = parse(nameInText.toLowerCase(), { allowPrivateDomains: true });
    const target = asciiHost(shown ?? '');
    if (target !== '' && target !== domain && !host.endsWith(`.${target}`)) return true;
  }
  if (!text.trim()) return true;
  if (trustedNameIn(subdomains, trusted) !== null) return true;
  // paypa1.com, or an international name that looks like a trusted one or mixes scripts within one label.
  const shown = decodeHost(host);
  return imitatedByEither(shown, domain, trusted) !== null || shown.split('.').some(mixesScripts);
}

/** The name that the whole host or its registrable domain looks like. */
function imitatedByEither(shown: string, domain: string, trusted: TrustedHosts): string | null {
  const registered = shown.split('.').slice(-domain.split('.').length).join('.');
  return imitatedBy(shown, trusted) ?? imitatedBy(registered, trusted);
}

/** The trusted name that another one looks like; null for a trusted one and if there is none. */
function imitatedBy(name: string, { hosts, byVisualForm, brands }: TrustedHosts): string | null {
  if (hosts.has(name)) return null;
  const imitated = byVisualForm.get(visualFormOf(name));
  if (imitated !== undefined && imitated !== name) return imitated;
  // amaz0n.co.uk, faceb00k-login.example: a disguised name within the host.
  for (const part of name.split(/[.-]/, MAX_LABELS)) {
    const brand = brands.get(visualFormOf(part));
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
  for (const candidate of [host, decodeHost(host), text.toLowerCase()]) {
    const at = candidate === '' || lower.length !== body.length ? -1 : lower.indexOf(candidate);
    if (at >= 0) return [[at, at + candidate.length]];
  }
  return [];
}
