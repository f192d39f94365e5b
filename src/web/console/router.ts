import { useMemo, useSyncExternalStore, type AnchorHTMLAttributes, createElement } from 'react';

// The console's own router, with all filters in the URL. `app.tsx` has the routes.
const BASE = '/console';
const ADDRESS_CHANGED = 'pb:address';

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(ADDRESS_CHANGED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(ADDRESS_CHANGED, listener);
  };
}

export interface Address {
  /** Path below /console, always starting with a slash: `/`, `/sign-in`, `/webhooks`. */
  path: string;
  params: URLSearchParams;
}

export function useAddress(): Address {
  const href = useSyncExternalStore(subscribe, () => window.location.pathname + window.location.search);
  return useMemo(() => {
    const url = new URL(href, window.location.origin);
    const relativePath = url.pathname.startsWith(BASE) ? url.pathname.slice(BASE.length) : url.pathname;
    return { path: `/${relativePath.replace(/^\/+|\/+$/g, '')}`, params: url.searchParams };
  }, [href]);
}

/** The URL of a screen; empty parameters are omitted. */
export function hrefOf(path: string, params: Record<string, string | null | undefined> = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) if (value) search.set(key, value);
  const text = search.toString();
  return `${BASE}${path}${text ? `?${text}` : ''}`;
}

export function go(href: string, options: { replace?: boolean } = {}): void {
  if (options.replace) window.history.replaceState(null, '', href);
  else window.history.pushState(null, '', href);
  window.dispatchEvent(new Event(ADDRESS_CHANGED));
}

/** The page to open after signing in, restricted to paths inside the console. */
export function safeReturn(next: string | null): string {
  if (!next || !URL.canParse(next, window.location.origin)) return `${BASE}/`;
  const url = new URL(next, window.location.origin);
  const isInside = url.origin === window.location.origin && url.pathname.startsWith(`${BASE}/`);
  return isInside && !url.pathname.startsWith(`${BASE}/sign-in`) ? url.pathname + url.search : `${BASE}/`;
}

/** A link that navigates without reloading. New tabs and modified clicks work as usual. */
export function Link(props: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  return createElement('a', {
    ...props,
    onClick: (event: React.MouseEvent<HTMLAnchorElement>) => {
      props.onClick?.(event);
      if (event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      go(props.href);
    },
  });
}
