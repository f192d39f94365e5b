// A part of a language's catalogue, extracted by the build (catalogueParts in vite.config.ts).
declare module '*?first' {
  export const first: (typeof import('./en.js'))['first'];
  export const gate: (typeof import('./en.js'))['gate'];
}
declare module '*?later' {
  export const later: (typeof import('./en.js'))['later'];
  export const gateLater: (typeof import('./en.js'))['gateLater'];
}
declare module '*?account' {
  export const account: (typeof import('./en.js'))['account'];
}
// The design tokens that are not needed for the first paint (usedTokens in vite.config.ts).
declare module '*?inline&rest' {
  const css: string;
  // eslint-disable-next-line no-restricted-syntax -- Vite gives a style sheet's text as the default export
  export default css;
}
