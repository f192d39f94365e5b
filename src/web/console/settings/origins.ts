/**
 * Parses origins, one per line. Returns the origins, or an error that says which line is invalid and how to fix it.
 */
export function readOrigins(text: string): { origins: string[] } | { fault: string } {
  const lines = text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) return { fault: 'At least one, such as https://news.example.' };
  const origins: string[] = [];
  for (const line of lines) {
    const withScheme = line.includes('://') ? line : `https://${line}`;
    const url = URL.canParse(withScheme) ? new URL(withScheme) : null;
    if (!url || !['http:', 'https:'].includes(url.protocol))
      return { fault: `“${line}” is no origin: write scheme and host, such as https://news.example.` };
    if (line !== withScheme) return { fault: `“${line}” has no scheme: write ${url.origin}.` };
    if (url.pathname !== '/' || url.search + url.hash + url.username + url.password !== '')
      return { fault: `“${line}” contains more than scheme and host: write ${url.origin}.` };
    if (!origins.includes(url.origin)) origins.push(url.origin);
  }
  return { origins };
}
