import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { Mail } from '../../platform/mail/mail.js';
import { SiteSettings } from '../sites/site-settings.js';
import { MailLinks, type MailLink, type MailLinkKind } from './mail-links.js';
import { ReaderMailRepository } from './reader-mail.repository.js';

interface PageText {
  readonly title: string;
  readonly lead: string;
  /** Of the button; none where there is nothing to do. */
  readonly button?: string;
}

const NO_SUCH_LINK: PageText = {
  title: 'This link does not work',
  lead: 'It was not made here, or a part of it is missing. Copy the whole of it from the e-mail.',
};
const OTHER_ADDRESS: PageText = {
  title: 'This address is no longer asked about',
  lead: 'Another address was chosen since, or none. Choose it again in your notification settings.',
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
    private readonly mail: Mail,
    private readonly sites: SiteSettings,
    private readonly clock: Clock,
  ) {}

  /** @returns the page, and whether there is such a link */
  async show(kind: MailLinkKind, token: string): Promise<{ known: boolean; text: PageText }> {
    const link = await this.read(kind, token);
    if (!link) return { known: false, text: NO_SUCH_LINK };
    const text =
      kind === 'confirm'
        ? {
            title: 'Is this your address?',
            lead: `Notifications about comments on ${link.siteName} will be sent to ${link.address}.`,
            button: 'Confirm',
          }
        : {
            title: 'Unsubscribe?',
            lead: `No more e-mails about comments on ${link.siteName} will be sent to ${link.address}.`,
            button: 'Unsubscribe',
          };
    return { known: true, text };
  }

  async act(kind: MailLinkKind, token: string): Promise<{ known: boolean; text: PageText }> {
    const link = await this.read(kind, token);
    if (!link) return { known: false, text: NO_SUCH_LINK };
    const done = kind === 'confirm' ? await this.confirm(link) : await this.unsubscribe(link);
    return { known: true, text: done };
  }

  private async read(kind: MailLinkKind, token: string): Promise<(MailLink & { siteName: string }) | null> {
    const link = this.links.read(kind, token);
    const site = link && (await this.sites.find(link.siteId));
    return site ? { ...link, siteName: site.name } : null;
  }

  private async confirm({ siteId, readerId, address }: MailLink): Promise<PageText> {
    const isTheirs = await this.database.inSite({ siteId }, (tx) =>
      this.addresses.confirm(tx, siteId, readerId, address, this.clock.now()),
    );
    return isTheirs
      ? { title: 'Confirmed', lead: `Notifications will be sent to ${address}. You can close this page.` }
      : OTHER_ADDRESS;
  }

  /** Also twice, and also of an address that is no longer chosen: what counts is that nothing more is sent there. */
  private async unsubscribe({ siteId, readerId, address }: MailLink): Promise<PageText> {
    await this.database.inSite({ siteId }, async (tx) => {
      const chosen = await this.addresses.find(tx, siteId, readerId);
      if (chosen?.address === address) await this.addresses.remove(tx, siteId, readerId);
      await this.mail.withdraw(siteId, address);
    });
    return { title: 'Unsubscribed', lead: `No more e-mails about comments are sent to ${address}.` };
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

const html = ({ title, lead, button }: PageText): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escape(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escape(title)}</h1><p>${escape(lead)}</p>${
  button === undefined ? '' : `<form method="post"><button>${escape(button)}</button></form>`
}</main></body></html>`;

/** `/email/confirm/…` and `/email/unsubscribe/…`, for browsers and mail programs: no JSON is spoken here. */
export async function registerEmailPages(fastify: FastifyInstance, pages: EmailPages): Promise<void> {
  const send = (reply: FastifyReply, { known, text }: { known: boolean; text: PageText }): FastifyReply =>
    reply
      .code(known ? 200 : 404)
      .header('content-security-policy', CSP)
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .type('text/html; charset=utf-8')
      .send(html(text));
  await fastify.register(
    (scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      // A form's or a mail program's: the address says it all, and what the body says is not read.
      scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, parsed) =>
        parsed(null, undefined),
      );
      for (const kind of ['confirm', 'unsubscribe'] as const) {
        scope.get<{ Params: { token: string } }>(`/${kind}/:token`, async ({ params }, reply) =>
          send(reply, await pages.show(kind, params.token)),
        );
        scope.post<{ Params: { token: string } }>(`/${kind}/:token`, async ({ params }, reply) =>
          send(reply, await pages.act(kind, params.token)),
        );
      }
      done();
    },
    { prefix: '/email' },
  );
}
