import { VISITORS } from '../people.js';
import { html, Markup } from './html.js';

export interface Visit {
  /** Key in VISITORS; null if signed out. */
  readonly visitorKey: string | null;
  /** Whether the visitor has cancelled the subscription of this reader. */
  readonly cancelled: boolean;
  /** The page's path, to return to after an action. */
  readonly path: string;
}

const CHOICES: readonly [visitorKey: string, label: string][] = [
  ['', 'Signed out'],
  ['free', 'Free member'],
  ['insider', 'Insider'],
  ['gold', 'Insider Gold'],
];

function choice({ visitorKey, path }: Visit, [key, label]: readonly [string, string]): Markup {
  const isCurrent = (visitorKey ?? '') === key;
  return html`<form method="post" action="/demo/session">
    <input type="hidden" name="who" value="${key}" /><input type="hidden" name="return" value="${path}" />
    <button class="who" aria-pressed="${isCurrent ? 'true' : 'false'}">${label}</button>
  </form>`;
}

function subscription(visit: Visit): Markup {
  const person = visit.visitorKey === null ? undefined : VISITORS[visit.visitorKey];
  if (!person?.tier) return new Markup('');
  const action = visit.cancelled ? 'renew' : 'cancel';
  return html`<form method="post" action="/demo/subscription/${action}" data-no-reload>
    <input type="hidden" name="return" value="${visit.path}" />
    <button class="act">${visit.cancelled ? 'Renew the subscription' : 'Cancel the subscription'}</button>
  </form>`;
}

function accountBar(visit: Visit): Markup {
  const person = visit.visitorKey === null ? undefined : VISITORS[visit.visitorKey];
  return html`<aside class="bar" aria-label="Demo controls">
    <p>
      This paper is a demo. You are
      <strong>${person ? person.name : 'signed out'}</strong
      >${visit.cancelled ? ', who has just cancelled' : ''}.
    </p>
    <div class="choices" role="group" aria-label="Who you are">
      ${CHOICES.map((option) => choice(visit, option))}
    </div>
    ${subscription(visit)}
    <nav aria-label="Behind the demo">
      <a href="/demo/webhooks">Webhook inbox</a> <a href="/demo/mailbox">Mailbox</a>
      <a href="/demo/theme">Theme</a>
      <a href="/console/">Console</a> <a href="/api/docs">API</a>
    </nav>
  </aside>`;
}

/** Renders a page of the demo site. `look` selects the serif broadsheet or the sans-serif tabloid. */
export function page(
  visit: Visit,
  { title, look = 'broadsheet', main }: { title: string; look?: 'broadsheet' | 'tabloid'; main: Markup },
): string {
  const now = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' }).format(new Date());
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · The Meridian</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/demo/style.css" />
        <script type="module" src="/demo/browser/page.js"></script>
        <script type="module" src="/embed.js"></script>
      </head>
      <body class="${look}">
        <a class="skip" href="#main">Skip to the story</a>
        ${accountBar(visit)}
        <header class="masthead">
          <a class="nameplate" href="/demo/">The Meridian</a>
          <p>${now} · Money, power and the weather in between</p>
        </header>
        <main id="main">${main}</main>
        <footer class="footer">
          <p>
            The Meridian, its people, its companies and its news are invented. Comments by
            <a href="/api/docs">Postbag</a>.
          </p>
        </footer>
      </body>
    </html>`.text.replaceAll(/\n\s+/g, '\n');
}
