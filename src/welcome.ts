import type { RunningProcess } from './process.js';

/** The short block that says where everything is. Workers say one line. */
export async function welcome({ settings, adminKey, adminKeyIsNew }: RunningProcess): Promise<void> {
  const url = settings.publicUrl;
  if (settings.role === 'worker') {
    console.log(`Postbag worker is running; health and metrics on port ${settings.port}.`);
    return;
  }
  const lines: [string, string][] = [['API reference', `${url}/api/docs`]];
  if (adminKeyIsNew) lines.push(['Admin key', `${adminKey}  (kept in ${settings.dataDir})`]);
  const width = Math.max(...lines.map(([name]) => name.length));
  console.log(
    `\nPostbag is ready.\n\n${lines.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')}\n`,
  );
  await Promise.resolve();
}
