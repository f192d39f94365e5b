import { defineConfig } from 'vite';

/**
 * The embed: one small loader with a fixed name, which the publisher's page links, and beside it hashed chunks that may
 * be cached for ever. Addresses are relative to the loader, so that the server's own origin serves everything.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../../dist/web/widget',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    reportCompressedSize: true,
    rolldownOptions: {
      input: { embed: `${import.meta.dirname}/embed.ts` },
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: 'embed/[name]-[hash].js',
      },
    },
  },
});
