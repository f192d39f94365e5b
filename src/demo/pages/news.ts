import type { DemoStory } from '../stories.js';
import { html, type Markup } from './html.js';

const pathOf = ({ key }: DemoStory): string => `/demo/stories/${key}`;

function commentCountLink(siteId: string, { key }: DemoStory): Markup {
  return html`<a class="count" href="/demo/stories/${key}#comments"
    ><span data-postbag-site="${siteId}" data-postbag-count="${key}">0</span> comments</a
  >`;
}

function teaser(siteId: string, story: DemoStory): Markup {
  return html`<article class="teaser ${story.look}">
    <p class="section">${story.section}</p>
    <h2><a href="${pathOf(story)}">${story.title}</a></h2>
    <p>${story.standfirst}</p>
    ${commentCountLink(siteId, story)}
  </article>`;
}

/** The front page. The first story is the lead. */
export function frontPage(siteId: string, [lead, ...rest]: readonly DemoStory[]): Markup {
  return html`<section class="lead">
      <p class="section">${lead.section}</p>
      <h1><a href="${pathOf(lead)}">${lead.title}</a></h1>
      <p class="standfirst">${lead.standfirst}</p>
      ${commentCountLink(siteId, lead)}
    </section>
    <section class="river" aria-label="More stories">${rest.map((story) => teaser(siteId, story))}</section>`;
}

/** A story with comments below it and the portfolio beside it, embedded as a publisher would do it. */
export function storyPage(siteId: string, story: DemoStory, pageUrl: string): Markup {
  return html`<article class="story">
      <p class="section">${story.section}</p>
      <h1>${story.title}</h1>
      <p class="standfirst">${story.standfirst}</p>
      <p class="byline">${story.byline} · ${commentCountLink(siteId, story)}</p>
      ${story.body.map((paragraph) => html`<p>${paragraph}</p>`)}
      <ul class="topics" aria-label="In this story">
        ${story.topics.map(
          ({ type, key, name }) =>
            html`<li>
              <button type="button" data-postbag-topic="${type}:${key}"><span>${key}</span> ${name}</button>
            </li>`,
        )}
      </ul>
    </article>
    <section id="comments" class="comments" aria-label="Comments">
      <postbag-comments
        site="${siteId}"
        story="${story.key}"
        url="${pageUrl}"
        title="${story.title}"
      ></postbag-comments>
      <noscript
        ><a href="/api/v1/sites/${siteId}/stories/${story.key}/page"
          >Read the comments without scripts</a
        ></noscript
      >
    </section>
    <aside class="beside">
      <postbag-portfolio site="${siteId}" story="${story.key}"></postbag-portfolio>
    </aside>`;
}

/**
 * The page that readers reach from the upgrade link if their tier may not comment. In the demo, one click starts the
 * subscription, without payment.
 */
export function subscribePage(tier: { key: string; name: string }, returnPath: string): Markup {
  return html`<section class="offer">
    <p class="section">Subscriptions</p>
    <h1>${tier.name}</h1>
    <p class="standfirst">Comment on every story and join the discussion. In this demo it costs one click.</p>
    <form method="post" action="/demo/session">
      <input type="hidden" name="who" value="${tier.key === 'insider-gold' ? 'gold' : 'insider'}" />
      <input type="hidden" name="renew" value="yes" />
      <input type="hidden" name="return" value="${returnPath}" />
      <button class="buy">Start ${tier.name}</button>
    </form>
    <p><a href="${returnPath}">Not now, back to the paper</a></p>
  </section>`;
}

export function signInPage(returnPath: string): Markup {
  const choices: readonly [string, string][] = [
    ['free', 'Noor van Wyk, free member'],
    ['insider', 'Piet Lindqvist, Insider'],
    ['gold', 'Amara Osei, Insider Gold'],
  ];
  return html`<section class="offer">
    <p class="section">Sign in</p>
    <h1>Who are you today?</h1>
    ${choices.map(
      ([visitorKey, label]) =>
        html`<form method="post" action="/demo/session">
          <input type="hidden" name="who" value="${visitorKey}" /><input
            type="hidden"
            name="return"
            value="${returnPath}"
          />
          <button class="buy">${label}</button>
        </form>`,
    )}
    <p><a href="${returnPath}">Back to the paper</a></p>
  </section>`;
}
