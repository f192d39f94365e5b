/**
 * The demo site's browser script. It provides the elements with the reader's token and handles their sign-in and upgrade
 * events.
 */

import { bindThemeForm } from './theme.js';

interface CommentsElement extends HTMLElement {
  getToken?: () => Promise<string | null>;
}

async function fetchToken(): Promise<string | null> {
  const response = await fetch('/demo/token', { credentials: 'same-origin' });
  return response.status === 200 ? response.text() : null;
}

/** The path to return to after signing in or upgrading. Its fragment opens the composer if the reader may comment. */
const returnPath = (): string => encodeURIComponent(`${location.pathname}${location.search}#postbag-write`);

function connectElement(element: CommentsElement): void {
  if (document.querySelector('.who[aria-pressed="true"]')?.textContent !== 'Signed out')
    element.getToken = fetchToken;
  element.addEventListener('postbag:signin', (event) => {
    event.preventDefault();
    location.assign(`/demo/sign-in?return=${returnPath()}`);
  });
  element.addEventListener('postbag:upgrade', (event) => {
    const { url } = (event as CustomEvent<{ url?: string }>).detail;
    if (!url) return;
    event.preventDefault();
    location.assign(`${url}${url.includes('?') ? '&' : '?'}return=${returnPath()}`);
  });
}

/**
 * Cancels or renews the subscription without reloading the page. The page's token stays the same, which shows that the
 * gate changes without a new token.
 */
function submitWithoutReload(form: HTMLFormElement): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    if (!button) return;
    const cancels = form.action.endsWith('/cancel');
    button.disabled = true;
    void fetch(form.action, {
      method: 'POST',
      headers: { accept: 'text/plain' },
      body: new URLSearchParams(),
    }).then((response) => {
      button.disabled = false;
      if (!response.ok) return;
      form.action = form.action.replace(cancels ? /cancel$/ : /renew$/, cancels ? 'renew' : 'cancel');
      button.textContent = cancels ? 'Renew the subscription' : 'Cancel the subscription';
    });
  });
}

function refreshPeriodically(table: HTMLElement, url: string): void {
  let lastText = '';
  setInterval(() => {
    if (document.hidden || table.querySelector('details[open]')) return;
    void fetch(url)
      .then((response) => response.text())
      .then((rows) => {
        if (rows !== lastText) table.innerHTML = lastText = rows;
      })
      .catch(() => undefined);
  }, 1_500);
}

document.querySelectorAll<CommentsElement>('postbag-comments, postbag-portfolio').forEach(connectElement);
document.querySelectorAll<HTMLFormElement>('form[data-theme-of]').forEach(bindThemeForm);
document.querySelectorAll<HTMLFormElement>('form[data-no-reload]').forEach(submitWithoutReload);
document
  .querySelectorAll<HTMLElement>('[data-refresh]')
  .forEach((table) => refreshPeriodically(table, table.dataset['refresh']!));
