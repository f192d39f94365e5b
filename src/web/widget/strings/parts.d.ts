// A part of a language's catalogue, cut out by the build (catalogueParts in vite.config.ts).
declare module '*?first' {
  export const first: (typeof import('./en.js'))['first'];
}
declare module '*?later' {
  export const later: (typeof import('./en.js'))['later'];
}
