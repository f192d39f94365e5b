import type { DemoStory } from '../stories.js';
import { html, type Markup } from './html.js';

/** The element's colour custom properties and their initial values. */
const COLOURS: readonly [property: string, label: string, value: string][] = [
  ['accent', 'Accent', '#8a2432'],
  ['tier', 'Tier badge', '#8a2432'],
  ['text', 'Text', '#1a1714'],
  ['text-soft', 'Softer text', '#5f574f'],
  ['background', 'Background', '#ffffff'],
];

const FONTS: readonly [value: string, label: string][] = [
  ['', 'Same as the page'],
  ["Charter, 'Bitstream Charter', 'Noto Serif', Georgia, serif", 'Serif'],
  ["'Helvetica Neue', 'Liberation Sans', Arial, sans-serif", 'Sans'],
];

const LANGUAGES: readonly [tag: string, label: string][] = [
  ['en', 'English'],
  ['af', 'Afrikaans'],
  ['ar', 'العربية'],
  ['de', 'Deutsch'],
  ['es', 'Español'],
  ['fr', 'Français'],
  ['nl', 'Nederlands'],
  ['pt', 'Português'],
];

const selectField = (name: string, label: string, options: readonly (readonly [string, string])[]): Markup =>
  html`<label
    >${label}
    <select name="${name}">
      ${options.map(([value, text]) => html`<option value="${value}">${text}</option>`)}
    </select></label
  >`;

const colourField = ([name, label, value]: (typeof COLOURS)[number]): Markup =>
  html`<label>${label} <input type="color" name="--postbag-${name}" value="${value}" /></label>`;

/** Lets the visitor try what a publisher can set on the element, and shows the code that does the same on a page. */
export function themePage(siteId: string, story: DemoStory, pageUrl: string): Markup {
  return html`<article class="story">
      <p class="section">For publishers</p>
      <h1>The comments in your colours</h1>
      <p class="standfirst">
        By default, the comments use the page’s font, size, width, and light or dark theme. The code below the
        controls applies your changes on your own page.
      </p>
    </article>
    <form class="theme" data-theme-of="postbag-comments">
      ${selectField('theme', 'Light or dark', [
        ['', 'Same as the page'],
        ['light', 'Light'],
        ['dark', 'Dark'],
      ])}
      ${selectField('density', 'Density', [
        ['', 'Comfortable'],
        ['compact', 'Compact'],
      ])}
      ${selectField('lang', 'Language', LANGUAGES)} ${selectField('--postbag-font', 'Font', FONTS)}
      <label
        >Size <input type="range" name="--postbag-font-size" min="14" max="22" value="17" data-unit="px"
      /></label>
      <label
        >Corners <input type="range" name="--postbag-radius" min="0" max="16" value="4" data-unit="px"
      /></label>
      ${COLOURS.map(colourField)}
      <label class="parts"
        >Your own CSS rules for the parts
        <code>head count comment author tier text actions composer invite button end</code>
        <textarea
          rows="4"
          spellcheck="false"
          placeholder="postbag-comments::part(author) { font-variant: small-caps; }"
        ></textarea>
      </label>
      <button type="reset" class="act">Reset</button>
      <output aria-label="For your stylesheet"><pre tabindex="0">postbag-comments { }</pre></output>
    </form>
    <section id="comments" class="comments" aria-label="Comments">
      <postbag-comments
        site="${siteId}"
        story="${story.key}"
        url="${pageUrl}"
        title="${story.title}"
      ></postbag-comments>
    </section>`;
}
