import './styles.js';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { keepFocus } from './shell/keep-focus.js';

// The provider sets the colour scheme after the first paint. Set it here, so that a dark console does not open with a
// white flash.
const chosen = localStorage.getItem('mantine-color-scheme-value');
const dark =
  chosen === 'dark' || (chosen !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');

keepFocus(document);

const root = document.getElementById('console');
if (!root) throw new Error('The page has no #console to render into.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
