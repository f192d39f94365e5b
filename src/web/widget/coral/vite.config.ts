import { defineConfig } from 'vite';

/**
 * The scripts that replace Coral's: classic scripts with fixed names. They import nothing, so that the build output
 * is valid as classic scripts.
 */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: '../../../../dist/web/coral',
    emptyOutDir: true,
    target: 'es2022',
    lib: {
      entry: { embed: `${import.meta.dirname}/embed.ts`, count: `${import.meta.dirname}/count.ts` },
      formats: ['es'],
    },
    rolldownOptions: { output: { entryFileNames: '[name].js', minify: true } },
  },
});
