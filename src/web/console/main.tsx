import './styles.js';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { keepFocus } from './shell/keep-focus.js';

// The provider sets the colour scheme after the first paint. Set it here, so that a dark console does not open with a
// white flash.
const storedScheme = localStorage.getItem('mantine-color-scheme-value');
const isDark =
  storedScheme === 'dark' ||
  (storedScheme !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');

keepFocus(document);

const root = document.getElementById('console');
if (!root) throw new Error('The page has no #console to render into.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
