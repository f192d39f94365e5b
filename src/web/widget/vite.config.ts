import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/** The gate's messages by the catalogue part they are loaded with. */
const gateStringsByPart: Record<string, string[]> = { first: ['gate'], later: ['gateLater'] };

/**
 * `strings/en.ts?first`, `?later` and `?account`: one part of a language's catalogue, so that each chunk contains
 * only its own texts. Gate messages are added for every language but English, which the server supports itself.
 */
function catalogueParts(): Plugin {
  return {
    name: 'catalogue-parts',
    enforce: 'pre',
    transform(code, id) {
      const [, lang, part] = /\/strings\/([\w-]+)\.ts\?(first|later|account)$/.exec(id) ?? [];
      if (!part) return undefined;
      const names = [part, ...(lang === 'en' ? [] : (gateStringsByPart[part] ?? []))];
      const declarations = names.map(
        (name) => new RegExp(`export const ${name} = \\{.*?\\n\\};`, 's').exec(code)?.[0],
      );
      return { code: declarations.join('\n').replace(/: \{\n.*?\n {2}\}/gs, withoutRepeats), map: null };
    },
  };
}

/** Removes plural forms that are the same as `other`, because the translator falls back to it. */
function withoutRepeats(forms: string): string {
  const other = /^ +other: (.*),$/m.exec(forms)?.[1];
  return forms.replace(/^ +(?!other)\w+: (.*),\n/gm, (line, text: string) => (text === other ? '' : line));
}

/**
 * The console and the widget share the tokens. The embed contains only those that its styles use: the reading chunk
 * has those for the first paint; the rest (`tokens.css?inline&rest`) comes with the later code.
 */
function usedTokens(): Plugin {
  const stylesOf = (includes: (name: string) => boolean) =>
    readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.css') && includes(name))
      .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
      .join();
  const token = /^ *(--pb-[\w-]+):[^;]*;\n/gm;
  const usedBy = (styles: string, tokens: string): string => {
    let css = tokens;
    for (let before = ''; before !== css;) {
      before = css;
      css = before.replace(token, (line, name: string) =>
        `${styles}${before}`.includes(`var(${name}`) ? line : '',
      );
    }
    return css;
  };
  return {
    name: 'own-tokens',
    enforce: 'pre',
    transform(shared, id) {
      if (!id.includes('/kit/tokens.css')) return undefined;
      const [, derived = ''] = /@supports \(color: oklch.*?\{\n(.*?)\n\}/s.exec(shared) ?? [];
      const names = [...derived.matchAll(token)].map(([, name]) => name);
      const code = shared
        // All browsers in `cssTarget` support relative colours, so the fallbacks are removed.
        .replace(/@supports \(color: oklch.*/s, '')
        .replace(token, (line, name: string) => (names.includes(name) ? '' : line))
        .concat(derived)
        // A shadow root has no :root.
        .replace(/^ *:root.*,\n/gm, '');
      const first = usedBy(
        stylesOf((name) => name.startsWith('reading')),
        code,
      );
      if (!id.includes('&rest')) return { code: first, map: null };
      const firstNames = new Set([...first.matchAll(token)].map(([, name]) => name));
      const all = usedBy(
        stylesOf(() => true),
        code,
      );
      return {
        code: all.replace(token, (line, name: string) => (firstNames.has(name) ? '' : line)),
        map: null,
      };
    },
  };
}

/**
 * Shortens token names to two letters, because they occur some 300 times. A name is shortened the same way in every
 * chunk and build.
 */
function shortTokens(): Plugin {
  const names = readFileSync(join(import.meta.dirname, '../kit/tokens.css'), 'utf8').matchAll(
    /--pb-[\w-]+(?=:)/g,
  );
  const tokens = [...new Set([...names].map(([name]) => name))];
  return {
    name: 'short-tokens',
    enforce: 'pre',
    transform(code, id) {
      if (!/\.css\?/.test(id)) return undefined;
      const short = (name: string) =>
        tokens.includes(name) ? `--pb${tokens.indexOf(name).toString(36)}` : name;
      return { code: code.replace(/--pb-[\w-]+/g, short), map: null };
    },
  };
}

/**
 * Replaces text keys with numbers, because each key occurs in every language and at every use. Not replaced:
 * single-word keys that occur anywhere but in `t('word')`, since the API uses such words too (`held`, `funny`); keys
 * composed in code (`${keyPrefix}Title`); and the keys of the gate's messages, which are API codes.
 */
function shortKeys(): Plugin {
  const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.spec\./.test(name))
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));
  const endings = sources.flatMap((code) =>
    [...code.matchAll(/`\$\{\w+\}([A-Z]\w+)`/g)].map(([, end]) => end),
  );
  // `postbag-comments.ts` and `page.ts` use these as property names.
  const properties = ['failed', 'again'];
  const count = (found: RegExp) => sources.join('\n').match(found)?.length ?? 0;
  const isOnlyText = (key: string) => {
    if (properties.includes(key)) return false;
    const inCalls = count(new RegExp(`\\bt\\('${key}'`, 'g'));
    return inCalls > 0 && inCalls === count(new RegExp(`(['"])${key}\\1`, 'g'));
  };
  const keysIn = (code: string) =>
    [...code.matchAll(/^ {2}(\w+):/gm)]
      .map(([, key]) => key)
      .filter((key) => (/[A-Z]/.test(key) ? !endings.some((end) => key.endsWith(end)) : isOnlyText(key)));
  const blocks = /(?<=export const (?:first|later|account|accountPortfolio) = \{\n).*?(?=\n\};)/gs;
  const english = ['strings/en.ts', 'strings/account-portfolio/en.ts'].flatMap((path) =>
    keysIn([...readFileSync(join(import.meta.dirname, path), 'utf8').matchAll(blocks)].join('\n')),
  );
  const shorten = (key: string, text: string) => {
    const index = english.indexOf(key);
    return index < 0 ? text : text.replace(key, String(index));
  };
  return {
    name: 'short-keys',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/widget\/.*\.tsx?(\?|$)/.test(id)) return undefined;
      return {
        code: code
          .replace(blocks, (texts) =>
            texts.replace(/^ {2}(\w+):/gm, (text, key: string) => shorten(key, text)),
          )
          .replace(/(['"])(\w+)\1/g, (text, _quote, key: string) => shorten(key, text)),
        map: null,
      };
    },
  };
}

/**
 * For a chunk imported as a whole, the bundler creates an object of getters through a 300-byte helper in its own
 * chunk. This plugin replaces it with native getter syntax, which saves those bytes and a request.
 */
function inlineRuntime(): Plugin {
  return {
    name: 'own-runtime',
    generateBundle(_, bundle) {
      const runtime = Object.values(bundle).find(({ fileName }) => fileName.includes('rolldown-runtime'));
      const chunks = Object.values(bundle).filter((chunk) => chunk.type === 'chunk');
      for (const chunk of chunks) {
        const inChunk = /const (\w+)=\(\(\)=>\{var \w+=Object\.defineProperty.*?return \w+\}\)\(\);/s;
        const inOtherChunk = /import ?\{\w+ as (\w+)\} ?from ?"[^"]*rolldown-runtime[^"]*";/;
        const [all = '', helper] = inChunk.exec(chunk.code) ?? inOtherChunk.exec(chunk.code) ?? [];
        if (!helper) continue;
        chunk.code = chunk.code
          .replace(all, '')
          .replace(
            new RegExp(`\\b${helper}\\(\\{((?:\\w+:\\(\\)=>[\\w$]+,?)*)\\}\\)`, 'g'),
            (_call, getters: string) =>
              `{${getters.replace(/(\w+):\(\)=>([\w$]+)/g, 'get $1(){return $2}')}}`,
          );
      }
      if (runtime && !chunks.some(({ code }) => code.includes('rolldown-runtime')))
        delete bundle[runtime.fileName];
    },
  };
}

/** Removes comments meant only for bundlers, since no bundler runs after this one. */
function withoutBundlerComments(): Plugin {
  return {
    name: 'without-notes',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk')
          chunk.code = chunk.code
            .replaceAll(/\n?\/\* @vite-ignore \*\/\n?/g, '')
            .replaceAll(/(\w?)\/\* @__PURE__ \*\/ ?/g, (_all, word: string) => word && `${word} `);
    },
  };
}

/**
 * The code for the first comments is one request beside their texts, and the code that follows is another, even where
 * they share modules. Each language has two chunks: `de-first`, `de-later`.
 */
const groups = [
  { name: 'account-strings', test: /\/strings\/(account-strings|account-portfolio\/index)/ },
  {
    name: 'reading',
    test: /\/widget\/(reading|thread)\/|\/strings\/(translate|time-ago)|\/kit\/(problem|tokens\.css\?inline$)|rolldown\/runtime/,
  },
  {
    name: 'interactive',
    test: /\/widget\/interactive\/|\/strings\/later-strings|tokens\.css\?inline&rest|\/preact\/dist\/|\/icons\/link/,
  },
  { name: 'composer', test: /\/widget\/composer\// },
];

/**
 * The embed: a small loader with a fixed name, which the publisher's page links, and hashed chunks that can be cached
 * forever. URLs are relative to the loader, so that everything is served from the server's own origin.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  plugins: [
    shortKeys(),
    catalogueParts(),
    usedTokens(),
    shortTokens(),
    inlineRuntime(),
    withoutBundlerComments(),
  ],
  resolve: { alias: { 'preact/jsx-runtime': `${import.meta.dirname}/reading/jsx-runtime.ts` } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../../dist/web/widget',
    emptyOutDir: true,
    target: 'es2022',
    // The styles need container queries, so older browsers are not supported anyway.
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'],
    // Library mode keeps chunk imports as plain imports, without Vite's preload wrapper.
    lib: { entry: `${import.meta.dirname}/embed.ts`, formats: ['es'] },
    rolldownOptions: {
      output: {
        entryFileNames: 'embed.js',
        chunkFileNames: ({ facadeModuleId }) => {
          const match = /\/strings\/(\w\w)\.ts\?(first|later|account)$/.exec(facadeModuleId ?? '');
          const portfolio = /\/strings\/account-portfolio\/(\w\w)\.ts$/.exec(facadeModuleId ?? '');
          if (portfolio) return `embed/${portfolio[1]}-account-portfolio-[hash].js`;
          return match ? `embed/${match[1]}-${match[2]}-[hash].js` : 'embed/[name]-[hash].js';
        },
        minify: true,
        codeSplitting: { groups },
      },
    },
  },
});
