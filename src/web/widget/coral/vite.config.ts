import { defineConfig } from 'vite';

/**
 * The scripts that take the place of Coral's: plain ones under fixed names. Neither imports the other nor anything else,
 * so that the modules which come out are scripts too.
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
