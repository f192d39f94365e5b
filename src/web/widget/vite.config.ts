import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/** `strings/en.ts?first` and `?later`: one part of a language's catalogue, so that each chunk carries only its own. */
function catalogueParts(): Plugin {
  return {
    name: 'catalogue-parts',
    enforce: 'pre',
    transform(code, id) {
      const part = /\/strings\/[\w-]+\.ts\?(first|later)$/.exec(id)?.[1];
      const found = part && new RegExp(`export const ${part} = \\{.*?\\n\\};`, 's').exec(code)?.[0];
      return found ? { code: found, map: null } : undefined;
    },
  };
}

/** The tokens serve two faces; the embed carries only those that its own styles use. */
function ownTokens(): Plugin {
  const styles = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css'))
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
    .join();
  return {
    name: 'own-tokens',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/kit/tokens.css')) return undefined;
      let css = code;
      for (let before = ''; before !== css;) {
        before = css;
        css = before.replace(/^ *(--pb-[\w-]+):[^;]*;\n/gm, (line, name: string) =>
          `${styles}${before}`.includes(`var(${name}`) ? line : '',
        );
      }
      return { code: css, map: null };
    },
  };
}

/** The bundler's own helper is 150 bytes: inside the chunks that use it, it costs no request before the first comments. */
function ownRuntime(): Plugin {
  return {
    name: 'own-runtime',
    generateBundle(_, bundle) {
      const runtime = Object.values(bundle).find(({ fileName }) => fileName.includes('rolldown-runtime'));
      const [, body, helper] =
        (runtime?.type === 'chunk' && /^(.*)export ?\{(\w+)[^}]*\};?\s*$/s.exec(runtime.code)) || [];
      if (!runtime || !helper) return;
      let left = false;
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || !chunk.imports.includes(runtime.fileName)) continue;
        chunk.code = chunk.code.replace(
          /import ?\{\w+ as (\w+)\} ?from ?"[^"]*rolldown-runtime[^"]*";/,
          (_all, name: string) => `const ${name}=(()=>{${body};return ${helper}})();`,
        );
        left ||= chunk.code.includes('rolldown-runtime');
      }
      if (!left) delete bundle[runtime.fileName];
    },
  };
}

/** Notes of the bundler to bundlers, of which none comes after it. */
function withoutNotes(): Plugin {
  return {
    name: 'without-notes',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk')
          chunk.code = chunk.code.replaceAll(
            /(\w?)\/\* @__PURE__ \*\/ ?/g,
            (_all, word: string) => word && `${word} `,
          );
    },
  };
}

/** What a reader needs for the first comments is one request, what comes after them another, though others share them. */
const groups = [
  {
    name: 'reading',
    test: /\/widget\/(reading|thread)\/|\/strings\/(translate|when|\w+\.ts\?first)|\/kit\/(problem|tokens)|rolldown\/runtime/,
  },
  { name: 'after', test: /\/widget\/after\/|\/strings\/\w+\.ts\?later|\/preact\/dist\/|\/icons\/link/ },
];

/**
 * The embed: one small loader with a fixed name, which the publisher's page links, and beside it hashed chunks that may
 * be cached for ever. Addresses are relative to the loader, so that the server's own origin serves everything.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  plugins: [catalogueParts(), ownTokens(), ownRuntime(), withoutNotes()],
  resolve: { alias: { 'preact/jsx-runtime': `${import.meta.dirname}/reading/jsx-runtime.ts` } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../../dist/web/widget',
    emptyOutDir: true,
    target: 'es2022',
    // As a library: then imports of chunks are plain imports, without Vite's preloading around them.
    lib: { entry: `${import.meta.dirname}/embed.ts`, formats: ['es'] },
    rolldownOptions: {
      output: {
        entryFileNames: 'embed.js',
        chunkFileNames: 'embed/[name]-[hash].js',
        minify: true,
        codeSplitting: { groups },
      },
    },
  },
});
