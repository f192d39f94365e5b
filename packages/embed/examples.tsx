/* The examples in docs/embedding.md, kept here so that they are type-checked. */
import { useEffect, useRef } from 'react';
import { loadPostbag, type PostbagCommentsElement } from '@postbag/embed';
import type {} from '@postbag/embed/react';

const getToken = (): Promise<string> => fetch('/comment-token').then((answer) => answer.text());

/** Comments under a story, in React 19, which passes properties and events by name. */
export function Comments({ site, story }: { site: string; story: string }) {
  const element = useRef<PostbagCommentsElement>(null);
  useEffect(() => void loadPostbag('https://postbag.example'), []);
  return (
    <>
      <button onClick={() => element.current?.compose()}>Write a comment</button>
      <postbag-comments
        ref={element}
        site={site}
        story={story}
        getToken={getToken}
        onpostbag:signin={(event) => {
          event.preventDefault();
          location.assign(`/sign-in?reason=${event.detail.code}`);
        }}
      />
    </>
  );
}

/** The same without a framework. */
export async function mountComments(container: HTMLElement, site: string, story: string): Promise<void> {
  await loadPostbag('https://postbag.example');
  const comments = document.createElement('postbag-comments');
  comments.setAttribute('site', site);
  comments.setAttribute('story', story);
  comments.getToken = getToken;
  comments.addEventListener('postbag:ready', ({ detail }) => {
    document.title = `${detail.total} comments`;
  });
  container.append(comments);
}

/** Companies and portfolios beside the story. Both elements share one sign-in handler because their events bubble. */
export function Aside({ site, story }: { site: string; story: string }) {
  return <postbag-portfolio site={site} story={story} getToken={getToken} />;
}

export function listen(): void {
  document.addEventListener('postbag:signin', (event) => {
    event.preventDefault();
    location.assign(`/sign-in?reason=${event.detail.code}`);
  });
  document.querySelector('postbag-portfolio')?.show('company', 'NGP');
}
