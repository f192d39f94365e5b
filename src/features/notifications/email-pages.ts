import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { SYSTEM } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { Mail } from '../../platform/mail/mail.js';
import { SiteSettings } from '../sites/site-settings.js';
import { StoryAuthorsRepository } from '../stories/story-authors.repository.js';
import { emailLocaleFor, type EmailLocale } from './email-locales/email-locale.js';
import type { EmailTexts, EmailPageTexts } from './email-locales/email-texts.js';
import { EMAIL_LINK_KINDS, EmailLinks, type EmailLink, type EmailLinkKind } from './email-links.js';
import { ReaderEmailRepository } from './reader-email.repository.js';

/** The texts of a page, with its language. */
interface LocalizedPage {
  /** Whether the link is valid. */
  readonly isLinkValid: boolean;
  readonly text: EmailPageTexts;
  readonly locale: EmailLocale;
  /** URL that the button posts to; absent: the URL of the page. */
  readonly action?: string;
}

type LinkWithSiteName = EmailLink & { readonly siteName: string };

const PROMPTS: Readonly<Record<EmailLinkKind, keyof EmailTexts & `${string}Prompt`>> = {
  confirm: 'confirmPrompt',
  unsubscribe: 'unsubscribePrompt',
  'author-stop': 'stopAuthorPrompt',
  'author-resume': 'resumeAuthorPrompt',
};

/**
 * The pages that links in emails open. Opening a page changes nothing, because mail scanners also follow links. Only
 * its button changes something. To unsubscribe, an email client can also send the POST without showing the page (RFC
 * 8058).
 */
@Injectable()
export class EmailPages {
  constructor(
    private readonly database: Database,
    private readonly links: EmailLinks,
    private readonly addresses: ReaderEmailRepository,
    private readonly authors: StoryAuthorsRepository,
    private readonly mail: Mail,
    private readonly sites: SiteSettings,
    private readonly clock: Clock,
  ) {}

  async show(kind: EmailLinkKind, token: string, lang: string): Promise<LocalizedPage> {
    return this.localize(kind, token, lang, ({ address, siteName }, { formatPage, texts }) =>
      Promise.resolve({
        text: formatPage(texts[PROMPTS[kind]], { address, site: siteName }),
      }),
    );
  }

  async perform(kind: EmailLinkKind, token: string, lang: string): Promise<LocalizedPage> {
    return this.localize(kind, token, lang, async (link, locale) => {
      switch (kind) {
        case 'confirm':
          return { text: await this.confirm(link, locale) };
        case 'unsubscribe':
          return { text: await this.unsubscribe(link, locale) };
        case 'author-stop':
          return this.stopAuthor(link, locale);
        case 'author-resume':
          return { text: await this.resumeAuthor(link, locale) };
      }
    });
  }

  private async localize(
    kind: EmailLinkKind,
    token: string,
    lang: string,
    render: (
      link: LinkWithSiteName,
      locale: EmailLocale,
    ) => Promise<{ text: EmailPageTexts; action?: string }>,
  ): Promise<LocalizedPage> {
    const locale = emailLocaleFor(lang);
    const link = await this.read(kind, token);
    const result = link ? await render(link, locale) : { text: locale.texts.invalidLink };
    return { isLinkValid: link !== null, ...result, locale };
  }

  private async read(kind: EmailLinkKind, token: string): Promise<LinkWithSiteName | null> {
    const link = this.links.read(kind, token);
    const site = link && (await this.sites.find(link.siteId));
    return site ? { ...link, siteName: site.name } : null;
  }

  private async confirm(
    { siteId, readerId, address }: EmailLink,
    { formatPage, texts }: EmailLocale,
  ): Promise<EmailPageTexts> {
    const isConfirmed = await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      this.addresses.confirm(tx, siteId, readerId!, address, this.clock.now()),
    );
    return isConfirmed ? formatPage(texts.confirmed, { address }) : texts.addressNotPending;
  }

  /**
   * Also succeeds if it is repeated or the address is no longer in use, because no more emails are sent to it then.
   */
  private async unsubscribe(
    { siteId, readerId, address }: EmailLink,
    { formatPage, texts }: EmailLocale,
  ): Promise<EmailPageTexts> {
    await this.database.inSite({ siteId, principal: SYSTEM }, async (tx) => {
      const current = await this.addresses.lock(tx, siteId, readerId!);
      if (current?.address === address) await this.addresses.remove(tx, siteId, readerId!);
      await this.mail.cancelPending(siteId, address);
    });
    return formatPage(texts.unsubscribed, { address });
  }

  /** Applies to all stories of the site, including future ones. The page offers to undo it. */
  private async stopAuthor(
    { siteId, address, siteName }: LinkWithSiteName,
    { lang, formatPage, texts }: EmailLocale,
  ): Promise<{ text: EmailPageTexts; action: string }> {
    await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      this.authors.optOut(tx, siteId, address),
    );
    return {
      text: formatPage(texts.stoppedAuthor, { address, site: siteName }),
      action: this.links.url('author-resume', { siteId, readerId: null, address }, lang),
    };
  }

  private async resumeAuthor(
    { siteId, address, siteName }: LinkWithSiteName,
    { formatPage, texts }: EmailLocale,
  ): Promise<EmailPageTexts> {
    await this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      this.authors.optIn(tx, siteId, address),
    );
    return formatPage(texts.resumedAuthor, { address, site: siteName });
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

const renderPage = ({
  text: { title, lead, button },
  locale: { lang, dir },
  action,
}: LocalizedPage): string => `<!doctype html>
<html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escape(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escape(title)}</h1><p>${escape(lead)}</p>${
  button === undefined
    ? ''
    : `<form method="post"${action === undefined ? '' : ` action="${escape(action)}"`}><button>${escape(button)}</button></form>`
}</main></body></html>`;

interface PageRequest {
  Params: { token: string };
  Querystring: { lang?: unknown };
}

const langOf = ({ lang }: PageRequest['Querystring']): string => (typeof lang === 'string' ? lang : 'en');

/**
 * Serves `/email/confirm/…`, `/email/unsubscribe/…` and the other pages of `EMAIL_LINK_KINDS` as HTML.
 */
export async function registerEmailPages(fastify: FastifyInstance, pages: EmailPages): Promise<void> {
  const send = (reply: FastifyReply, page: LocalizedPage): FastifyReply =>
    reply
      .code(page.isLinkValid ? 200 : 404)
      .header('content-security-policy', CSP)
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .type('text/html; charset=utf-8')
      .send(renderPage(page));
  await fastify.register(
    (scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      // Accepts any content type, from forms and email clients, and ignores the body: the path contains everything.
      scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, onParsed) =>
        onParsed(null, undefined),
      );
      for (const kind of EMAIL_LINK_KINDS) {
        scope.get<PageRequest>(`/${kind}/:token`, async ({ params, query }, reply) =>
          send(reply, await pages.show(kind, params.token, langOf(query))),
        );
        scope.post<PageRequest>(`/${kind}/:token`, async ({ params, query }, reply) =>
          send(reply, await pages.perform(kind, params.token, langOf(query))),
        );
      }
      done();
    },
    { prefix: '/email' },
  );
}
