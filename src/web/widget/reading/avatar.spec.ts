import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Avatar } from './avatar.js';
import { toHtml } from './to-html.js';

describe('the avatar', () => {
  beforeAll(() => {
    Object.defineProperty(globalThis, 'location', {
      value: { origin: 'https://daily.example' },
      configurable: true,
    });
  });
  afterAll(() => {
    Reflect.deleteProperty(globalThis, 'location');
  });
  const render = (name: string, picture: string | null): string =>
    toHtml(Avatar({ author: { name, picture } }));

  it('shows the initial as one whole character', () => {
    expect(render('Amara Osei', null)).toBe('<i class="avatar" part="picture" aria-hidden="true">A</i>');
    expect(render('𝒜da', null)).toContain('>𝒜<');
  });

  it('shows a picture from the page’s own site', () => {
    expect(render('Amara', 'https://daily.example/faces/"a".png')).toBe(
      '<img class="avatar" part="picture" src="https://daily.example/faces/&quot;a&quot;.png" alt=""></img>',
    );
  });

  it.each([
    'https://elsewhere.example/a.png',
    'https://daily.example.evil.example/a.png',
    'http://daily.example/a.png',
    'https://daily.example@evil.example/a.png',
  ])('never shows a picture from another site: %s', (picture) => {
    expect(render('Amara', picture)).not.toContain('<img');
  });
});
