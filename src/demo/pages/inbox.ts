import type { ReceivedWebhook } from '../webhook-inbox.js';
import { html, type Markup } from './html.js';

function row({ id, type, sequence, receivedAt, verified, attempts, body }: ReceivedWebhook): Markup {
  return html`<tr>
    <td><time datetime="${receivedAt}">${receivedAt.slice(11, 19)}</time></td>
    <td><code>${type}</code></td>
    <td class="number">${sequence ?? ''}</td>
    <td>
      <span class="${verified ? 'good' : 'bad'}">${verified ? '✓ verified' : '✗ not verified'}</span>
    </td>
    <td class="number">${attempts}</td>
    <td>
      <details>
        <summary><code>${id}</code></summary>
        <pre>${body}</pre>
      </details>
    </td>
  </tr>`;
}

/** The rows of received webhooks, newest first. */
export function inboxRows(received: readonly ReceivedWebhook[]): Markup {
  if (received.length === 0) {
    return html`<tr>
      <td colspan="6" class="empty">No webhooks yet. Write a comment, and its events appear here.</td>
    </tr>`;
  }
  return html`${received.map(row)}`;
}

export function inboxPage(received: readonly ReceivedWebhook[], failing: number): Markup {
  return html`<section class="inbox">
    <p class="section">Behind the paper</p>
    <h1>Webhook inbox</h1>
    <p class="standfirst">
      The webhooks that Postbag sent to this paper’s server. Each signature is verified with the unmodified
      <code>standardwebhooks</code> library.
    </p>
    <form method="post" action="/demo/webhooks/fail">
      <button class="act">Respond to the next three with 500</button>
      <span
        >${failing > 0 ? `The next ${failing} will get a 500, and Postbag will send them again.` : 'All get a 204.'}</span
      >
    </form>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Time (UTC)</th>
            <th scope="col">Type</th>
            <th scope="col" class="number">Sequence</th>
            <th scope="col">Signature</th>
            <th scope="col" class="number">Times received</th>
            <th scope="col">Event</th>
          </tr>
        </thead>
        <tbody id="inbox" data-refresh="/demo/webhooks/rows">
          ${inboxRows(received)}
        </tbody>
      </table>
    </div>
  </section>`;
}
