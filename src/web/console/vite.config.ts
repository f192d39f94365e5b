import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The console is a single page at /console/. Vite compiles the JSX itself, so there is no React plugin.
 * The page runs under `default-src 'self'`: nothing may be inlined as script.
 */
export default defineConfig({
  root: here('.'),
  base: '/console/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  build: {
    outDir: here('../../../dist/web/console'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Libraries change seldom: their files stay in the browser's cache from release to release.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            // Only the screens with charts ask for these.
            {
              name: 'charts',
              test: /node_modules[\\/](recharts|victory-vendor|d3-[a-z]+|internmap|@reduxjs|react-redux|redux|redux-thunk|reselect|immer|es-toolkit|decimal\.js-light|eventemitter3|use-sync-external-store|tiny-invariant|react-is)[\\/]/,
            },
            { name: 'library', test: /node_modules[\\/]/ },
          ],
        },
      },
      onLog(level, log, handle) {
        // Every file of the component library is marked for server components; a browser needs no mark.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
  server: {
    proxy: { '/api': process.env['POSTBAG_API'] ?? 'http://127.0.0.1:3000' },
  },
});
