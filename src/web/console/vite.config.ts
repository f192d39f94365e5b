import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The console is a single-page app at /console/. Vite compiles the JSX itself, so there is no React plugin. The page
 * runs under `default-src 'self'`, so no scripts may be inlined.
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
        // Libraries rarely change, so separate files for them stay in the browser's cache across releases.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            // Used only by the screens with charts.
            {
              name: 'charts',
              test: /node_modules[\\/](recharts|victory-vendor|d3-[a-z]+|internmap|@reduxjs|react-redux|redux|redux-thunk|reselect|immer|es-toolkit|decimal\.js-light|eventemitter3|use-sync-external-store|tiny-invariant|react-is)[\\/]/,
            },
            { name: 'library', test: /node_modules[\\/]/ },
          ],
        },
      },
      onLog(level, log, handle) {
        // Every file of the component library has a server component directive, which browsers do not need.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
  server: {
    proxy: { '/api': process.env['POSTBAG_API'] ?? 'http://127.0.0.1:3000' },
  },
});
