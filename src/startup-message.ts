import type { RunningProcess } from './serve.js';

/** The short startup message with all URLs. A worker prints only one line. */
export function formatStartupMessage({
  settings,
  signInLink,
  adminKey,
  adminKeyIsNew,
}: RunningProcess): string {
  const url = settings.publicUrl;
  if (settings.role === 'worker') {
    return `Postbag worker is running; health and metrics on port ${settings.port}.`;
  }
  const lines: [string, string][] = [];
  if (settings.demo) lines.push(['Reader demo', `${url}/demo/`]);
  if (signInLink !== null) lines.push(['Console', `${signInLink}  (signs in once)`]);
  lines.push(['API reference', `${url}/api/docs`]);
  if (settings.demo) lines.push(['Webhook inbox', `${url}/demo/webhooks`]);
  if (settings.demo && settings.smtpUrl === null) lines.push(['Mailbox', `${url}/demo/mailbox`]);
  if (adminKeyIsNew) lines.push(['Admin key', `${adminKey}  (stored in ${settings.dataDir})`]);
  const width = Math.max(...lines.map(([name]) => name.length));
  const rows = lines.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
  return `\nPostbag is ready.\n\n${rows}\n`;
}
