const loading = new Map();

/**
 * Loads the element from a Postbag server, once per page; resolves when `<postbag-comments>` is defined. Does nothing
 * where there is no document, so that it may stand in code that a server runs too.
 *
 * @param {string} server origin of the server, e.g. `https://postbag.example`
 * @param {{nonce?: string}} [options] `nonce`: of the page's content security policy
 * @returns {Promise<void>}
 */
export function loadPostbag(server, { nonce } = {}) {
  if (typeof document === 'undefined') return Promise.resolve();
  const src = `${server.replace(/\/+$/, '')}/embed.js`;
  const known = loading.get(src);
  if (known) return known;
  const promise = new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.type = 'module';
    script.src = src;
    if (nonce) script.nonce = nonce;
    script.onload = () => customElements.whenDefined('postbag-comments').then(() => resolve());
    script.onerror = () => {
      // The next call tries again.
      loading.delete(src);
      script.remove();
      reject(new Error(`${src} could not be loaded`));
    };
    document.head.append(script);
  });
  loading.set(src, promise);
  return promise;
}
