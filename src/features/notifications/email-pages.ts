import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { SYSTEM } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { Mail } from '../../platform/mail/mail.js';
import { SiteSettings } from '../sites/site-settings.js';
import { StoryAuthors } from '../stories/story-authors.repository.js';
import { speechIn, type Speech } from './letter-words/languages.js';
import type { LetterWords, PageWords } from './letter-words/letter-words.js';
import { MAIL_LINKS, MailLinks, type MailLink, type MailLinkKind } from './mail-links.js';
import { ReaderMailRepository } from './reader-mail.repository.js';

/** A page, and the language that it is in. */
interface SpokenPage {
  /** Whether there is such a link. */
  readonly known: boolean;
  readonly text: PageWords;
  readonly speech: Speech;
  /** Where its button leads; left out: to the page itself. */
  readonly action?: string;
}

type NamedLink = MailLink & { readonly siteName: string };

const ASKED: Readonly<Record<MailLinkKind, keyof LetterWords & `ask${string}`>> = {
  confirm: 'askConfirm',
  unsubscribe: 'askUnsubscribe',
  'author-stop': 'askStopAuthor',
  'author-resume': 'askResumeAuthor',
};

/**
 * The pages that links in letters lead to. Opening one changes nothing, since programs open links too; the button does,
 * and for unsubscribing so does the POST that a mail program sends by itself (RFC 8058).
 */
@Injectable()
export class EmailPages {
  constructor(
    private readonly database: Database,
    private readonly links: MailLinks,
    private readonly addresses: ReaderMailRepository,
    private readonly authors: StoryAuthors,
    private readonly mail: Mail,
    private readonly sites: SiteSettings,
    private readonly clock: Clock,
  ) {}

  async show(kind: MailLinkKind, token: string, lang: string): Promise<SpokenPage> {
    return this.spoken(kind, token, lang, ({ address, siteName }, { page, words }) =>
      Promise.resolve({ text: page(words[ASKED[kind]] as PageWords, { address, site: siteName }) }),
    );
  }

  async act(kind: MailLinkKind, token: string, lang: string): Promise<SpokenPage> {
    return this.spoken(kind, token, lang, async (link, speech) => {
      switch (kind) {
        case 'confirm':
          return { text: await this.confirm(link, speech) };
        case 'unsubscribe':
          return { text: await this.unsubscribe(link, speech) };
        case 'author-stop':
          return this.stopAuthor(link, speech);
        case 'author-resume':
          return { text: await this.resumeAuthor(link, speech) };
      }
    });
  }

  private async spoken(
    kind: MailLinkKind,
    token: string,
    lang: string,
    say: (link: NamedLink, speech: Speech) => Promise<{ text: PageWords; action?: string }>,
  ): Promise<SpokenPage> {
    const speech = speechIn(lang);
    const link = await this.read(kind, token);
    const said = link ? await say(link, speech) : { text: speech.words.noSuchLink };
    return { known: link !== null, ...said, speech };
  }

  private async read(kind: MailLinkKind, token: string): Promise<NamedLink | null> {
    const link = this.links.read(kind, token);
    const site = link && (await this.sites.find(link.siteId));
    return site ? { ...link, siteName: site.name } : null;
  }

  private async confirm(
    { siteId, readerId, address }: MailLink,
    { page, words }: Speech,
  ): Promise<PageWords> {
    const isTheirs = await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      this.addresses.confirm(tx, siteId, readerId!, address, this.clock.now()),
    );
    return isTheirs ? page(words.confirmed, { address }) : words.otherAddress;
  }

  /** Also twice, and also of an address that is no longer chosen: what counts is that nothing more is sent there. */
  private async unsubscribe(
    { siteId, readerId, address }: MailLink,
    { page, words }: Speech,
  ): Promise<PageWords> {
    await this.database.inSite({ siteId, principal: SYSTEM }, async (tx) => {
      const chosen = await this.addresses.find(tx, siteId, readerId!);
      if (chosen?.address === address) await this.addresses.remove(tx, siteId, readerId!);
      await this.mail.withdraw(siteId, address);
    });
    return page(words.unsubscribed, { address });
  }

  /** Of all stories of the site, also of those that name them later; the page has the way back. */
  private async stopAuthor(
    { siteId, address, siteName }: NamedLink,
    { lang, page, words }: Speech,
  ): Promise<{ text: PageWords; action: string }> {
    await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      this.authors.stop(tx, siteId, address, this.clock.now()),
    );
    return {
      text: page(words.stoppedAuthor, { address, site: siteName }),
      action: this.links.url('author-resume', { siteId, readerId: null, address }, lang),
    };
  }

  private async resumeAuthor(
    { siteId, address, siteName }: NamedLink,
    { page, words }: Speech,
  ): Promise<PageWords> {
    await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      this.authors.resume(tx, siteId, address),
    );
    return page(words.resumedAuthor, { address, site: siteName });
  }
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const STYLE = `:root{color-scheme:light dark}body{margin:0;padding:48px 24px;background:#fbfaf8;color:#1f1d1a;font:17px/1.5 Georgia,'Liberation Serif',serif}
main{max-width:34em;margin:0 auto}h1{font-size:1.75rem;line-height:1.2;margin:0 0 12px}p{margin:0 0 24px;overflow-wrap:anywhere}
button{font:600 1rem/1.2 Helvetica,'Liberation Sans',Arial,sans-serif;min-height:44px;padding:12px 20px;border:0;border-radius:4px;background:#1f1d1a;color:#fff;cursor:pointer}
:focus-visible{outline:2px solid currentColor;outline-offset:2px}
@media(prefers-color-scheme:dark){body{background:#171615;color:#ece8e1}button{background:#ece8e1;color:#171615}}`;

const CSP =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const html = ({
  text: { title, lead, button },
  speech: { lang, dir },
  action,
}: SpokenPage): string => `<!doctype html>
<html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escape(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escape(title)}</h1><p>${escape(lead)}</p>${
  button === undefined
    ? ''
    : `<form method="post"${action === undefined ? '' : ` action="${escape(action)}"`}><button>${escape(button)}</button></form>`
}</main></body></html>`;

interface Asked {
  Params: { token: string };
  Querystring: { lang?: unknown };
}

const langOf = ({ lang }: Asked['Querystring']): string => (typeof lang === 'string' ? lang : 'en');

/** `/email/confirm/…`, `/email/unsubscribe/…` and their like, for browsers and mail programs: no JSON is spoken here. */
export async function registerEmailPages(fastify: FastifyInstance, pages: EmailPages): Promise<void> {
  const send = (reply: FastifyReply, page: SpokenPage): FastifyReply =>
    reply
      .code(page.known ? 200 : 404)
      .header('content-security-policy', CSP)
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .type('text/html; charset=utf-8')
      .send(html(page));
  await fastify.register(
    (scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      // A form's or a mail program's: the address says it all, and what the body says is not read.
      scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, parsed) =>
        parsed(null, undefined),
      );
      for (const kind of MAIL_LINKS) {
        scope.get<Asked>(`/${kind}/:token`, async ({ params, query }, reply) =>
          send(reply, await pages.show(kind, params.token, langOf(query))),
        );
        scope.post<Asked>(`/${kind}/:token`, async ({ params, query }, reply) =>
          send(reply, await pages.act(kind, params.token, langOf(query))),
        );
      }
      done();
    },
    { prefix: '/email' },
  );
}
