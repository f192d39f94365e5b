import { join } from 'node:path';
import type {} from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DemoState } from './demo-state.js';
import { TIERS, VISITORS } from './people.js';
import type { Markup } from './pages/html.js';
import { inboxPage, inboxRows } from './pages/inbox.js';
import { page, type Visit } from './pages/layout.js';
import { mailboxPage, mailboxRows, type DemoEmail } from './pages/mailbox.js';
import { frontPage, signInPage, storyPage, subscribePage } from './pages/news.js';
import { themePage } from './pages/theme.js';
import { PublisherApi } from './publisher-api.js';
import { mintToken } from './reader-tokens.js';
import { seedConversations, prepareDemoSite, type DemoConnection } from './demo-setup.js';
import { STORIES, storyOf } from './stories.js';
import { STYLE } from './demo-stylesheet.js';
import { WebhookInbox } from './webhook-inbox.js';

// Forbids inline scripts and styles, to show that the embedded elements work under such a policy.
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
].join('; ');

type Form = Readonly<Record<string, string>>;

/** A demo publisher at /demo: pages, sign-in, reader tokens, webhook inbox and mailbox. It uses only the public API. */
export class DemoPlugin {
  private readonly inbox = new WebhookInbox();
  private readonly cancelled = new Set<string>();
  private connection: DemoConnection | undefined;
  private state: DemoState | undefined;

  /**
   * Sets up the demo site and posts the sample comments. Resolves when the pages can be served; posting continues in the
   * background.
   */
  async open(connection: DemoConnection, onFailure: (error: unknown) => void): Promise<void> {
    this.connection = connection;
    this.state = await prepareDemoSite(connection);
    seedConversations(connection, this.state).catch(onFailure);
  }

  /** Registers the routes. Call it before the server listens. */
  async register(fastify: FastifyInstance): Promise<void> {
    await fastify.register(
      (scope, _options, done) => {
        this.addBodyParsers(scope);
        this.addPages(scope);
        this.addActions(scope);
        this.addWebhookInbox(scope);
        this.addMailbox(scope);
        done();
      },
      { prefix: '/demo' },
    );
  }

  private addBodyParsers(scope: FastifyInstance): void {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
    );
    // A webhook's signature covers the raw bytes, so the inbox needs the unparsed body.
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
  }

  private addPages(scope: FastifyInstance): void {
    scope.get('/', (request, reply) => {
      const { siteId } = this.requireState();
      return this.sendPage(request, reply, { title: 'Front page', main: frontPage(siteId, STORIES) });
    });
    scope.get<{ Params: { key: string } }>('/stories/:key', (request, reply) => {
      const story = storyOf(request.params.key);
      if (!story) return reply.code(404).type('text/plain').send('There is no such story.');
      const url = `${this.connection!.publicUrl}/demo/stories/${story.key}`;
      const { title, look } = story;
      return this.sendPage(request, reply, {
        title,
        look,
        main: storyPage(this.requireState().siteId, story, url),
      });
    });
    scope.get('/theme', (request, reply) => {
      const [story] = STORIES;
      const url = `${this.connection!.publicUrl}/demo/stories/${story.key}`;
      return this.sendPage(request, reply, {
        title: 'Theme',
        main: themePage(this.requireState().siteId, story, url),
      });
    });
    scope.get('/sign-in', (request, reply) =>
      this.sendPage(request, reply, {
        title: 'Sign in',
        main: signInPage(returnPathOf(request.query as Form)),
      }),
    );
    scope.get('/subscribe', (request, reply) => {
      const query = request.query as Form;
      const tier = TIERS.find(({ key }) => key === query['tier']) ?? TIERS[2];
      return this.sendPage(request, reply, {
        title: tier.name,
        main: subscribePage(tier, returnPathOf(query)),
      });
    });
    scope.get('/style.css', (_request, reply) => reply.type('text/css').send(STYLE));
    const folder = join(import.meta.dirname, 'browser');
    for (const name of ['page.js', 'theme.js'])
      scope.get(`/browser/${name}`, (_request, reply) => reply.sendFile(name, folder));
  }

  private addActions(scope: FastifyInstance): void {
    scope.get('/token', async (request, reply) => {
      const visitorKey = visitorKeyOf(request);
      void reply.header('cache-control', 'no-store').type('text/plain');
      if (visitorKey === null) return reply.code(204).send();
      const { ssoSecret, siteId } = this.requireState();
      const person = VISITORS[visitorKey];
      return reply.send(
        await mintToken(
          ssoSecret,
          siteId,
          this.cancelled.has(visitorKey) ? { ...person, tier: null } : person,
        ),
      );
    });
    scope.post('/session', async (request, reply) => {
      const form = request.body as Form;
      const visitorKey = form['who'] && form['who'] in VISITORS ? form['who'] : '';
      if (visitorKey !== '' && form['renew'] === 'yes') await this.setSubscription(visitorKey, 'active');
      return reply
        .header('set-cookie', `demo_who=${visitorKey}; Path=/demo; HttpOnly; SameSite=Lax`)
        .redirect(returnPathOf(form), 303);
    });
    for (const [action, status] of [
      ['cancel', 'cancelled'],
      ['renew', 'active'],
    ] as const) {
      scope.post(`/subscription/${action}`, async (request, reply) => {
        const visitorKey = visitorKeyOf(request);
        if (visitorKey !== null) await this.setSubscription(visitorKey, status);
        if (request.headers.accept === 'text/plain') return reply.code(204).send();
        return reply.redirect(returnPathOf(request.body as Form), 303);
      });
    }
  }

  private addWebhookInbox(scope: FastifyInstance): void {
    scope.get('/webhooks', (request, reply) =>
      this.sendPage(request, reply, {
        title: 'Webhook inbox',
        main: inboxPage(this.inbox.list(), this.inbox.failing),
      }),
    );
    scope.get('/webhooks/rows', (_request, reply) =>
      reply.header('cache-control', 'no-store').type('text/html').send(inboxRows(this.inbox.list()).text),
    );
    scope.post('/webhooks/fail', (_request, reply) => {
      this.inbox.failNext(3);
      return reply.redirect('/demo/webhooks', 303);
    });
    scope.post('/webhooks/inbox', (request, reply) => {
      const headers = request.headers as Record<string, string>;
      return reply
        .code(this.inbox.receive(String(request.body), headers, this.state?.webhookSecret ?? ''))
        .send();
    });
  }

  private addMailbox(scope: FastifyInstance): void {
    scope.get('/mailbox', async (request, reply) =>
      this.sendPage(request, reply, { title: 'Mailbox', main: mailboxPage(await this.fetchEmails()) }),
    );
    scope.get('/mailbox/rows', async (_request, reply) =>
      reply
        .header('cache-control', 'no-store')
        .type('text/html')
        .send(mailboxRows(await this.fetchEmails()).text),
    );
  }

  /**
   * Fetches the emails of the demo site. Other emails are not shown, because they can contain sign-in links.
   */
  private async fetchEmails(): Promise<readonly DemoEmail[]> {
    const api = new PublisherApi(this.connection!.apiUrl, this.connection!.adminKey);
    return (await api.get<{ items: DemoEmail[] }>(`/api/v1/mail?site=${this.requireState().siteId}&limit=50`))
      .items;
  }

  /**
   * Reports a change of a subscription to the API, as the publisher's billing system would. Tokens that were already
   * issued do not change.
   */
  private async setSubscription(visitorKey: string, status: 'active' | 'cancelled'): Promise<void> {
    const { key, tier } = VISITORS[visitorKey];
    if (tier === null) return;
    const api = new PublisherApi(this.connection!.apiUrl, this.connection!.adminKey);
    await api.put(`/api/v1/sites/${this.requireState().siteId}/readers/${key}/entitlement`, { tier, status });
    if (status === 'active') this.cancelled.delete(visitorKey);
    else this.cancelled.add(visitorKey);
  }

  private requireState(): DemoState {
    if (!this.state) throw Object.assign(new Error('The demo is still starting.'), { statusCode: 503 });
    return this.state;
  }

  private sendPage(
    request: FastifyRequest,
    reply: FastifyReply,
    content: { title: string; look?: 'broadsheet' | 'tabloid'; main: Markup },
  ): FastifyReply {
    const visitorKey = visitorKeyOf(request);
    const visit: Visit = {
      visitorKey,
      cancelled: visitorKey !== null && this.cancelled.has(visitorKey),
      path: request.url,
    };
    return reply
      .header('content-security-policy', CSP)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page(visit, content));
  }
}

function visitorKeyOf(request: FastifyRequest): string | null {
  const visitorKey = /(?:^|;\s*)demo_who=([a-z]+)/.exec(request.headers.cookie ?? '')?.[1];
  return visitorKey !== undefined && visitorKey in VISITORS ? visitorKey : null;
}

/** Returns the path to redirect to: the requested one if it is within the demo site, otherwise the front page. */
function returnPathOf(form: Form): string {
  const path = form['return'] ?? '';
  return /^\/demo\/[\w\-/?=&#.%]*$/.test(path) ? path : '/demo/';
}
