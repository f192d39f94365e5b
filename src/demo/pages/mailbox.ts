import { html, type Markup } from './html.js';

/** An email as `GET /api/v1/mail` returns it. */
export interface DemoEmail {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly state: string;
  readonly createdAt: string;
  readonly content: { subject: string; text: string; unsubscribeUrl: string | null } | null;
}

/** Converts plain text to markup with its URLs as links. */
function withLinks(text: string): Markup {
  const parts = text.split(/(https?:\/\/[^\s<>"]+)/);
  return html`${parts.map((part, n) => (n % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`))}`;
}

function emailRow({ id, to, from, state, createdAt, content }: DemoEmail): Markup {
  return html`<tr>
    <td><time datetime="${createdAt}">${createdAt.slice(11, 19)}</time></td>
    <td>${to}</td>
    <td>
      ${
        content === null
          ? html`<em>Sent. The content is not stored.</em>`
          : html`<details id="email-${id}">
              <summary>${content.subject}</summary>
              <p class="from">From ${from}</p>
              <pre class="email">${withLinks(content.text)}</pre>
              ${
                content.unsubscribeUrl === null
                  ? null
                  : html`<form method="post" action="${content.unsubscribeUrl}">
                      <input type="hidden" name="List-Unsubscribe" value="One-Click" />
                      <button class="act">Unsubscribe (one click, as in a mail program)</button>
                    </form>`
              }
            </details>`
      }
    </td>
    <td>${state}</td>
  </tr>`;
}

/** The rows of the demo site's emails, newest first. */
export function mailboxRows(emails: readonly DemoEmail[]): Markup {
  if (emails.length === 0) {
    return html`<tr>
      <td colspan="4" class="empty">
        No emails yet. Turn on email in a reader’s notification settings, and their emails appear here.
      </td>
    </tr>`;
  }
  return html`${emails.map(emailRow)}`;
}

export function mailboxPage(emails: readonly DemoEmail[]): Markup {
  return html`<section class="inbox">
    <p class="section">Behind the paper</p>
    <h1>Mailbox</h1>
    <p class="standfirst">
      All emails of this newspaper. They are not sent until you set <code>SMTP_URL</code> and
      <code>MAIL_FROM</code>.
    </p>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Time (UTC)</th>
            <th scope="col">To</th>
            <th scope="col">Email</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody id="mailbox" data-refresh="/demo/mailbox/rows">
          ${mailboxRows(emails)}
        </tbody>
      </table>
    </div>
  </section>`;
}
