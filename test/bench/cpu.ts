import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';

/** A tick of `/proc/PID/stat` on Linux, whatever the machine. */
const MS_A_TICK = 10;

/** What stands behind the program's name, which may hold spaces: the parent's id is the second, ticks the 12th on. */
function statOf(pid: number | string): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return null;
  }
}

const ticksIn = (stat: readonly string[], first: number, last: number): number =>
  stat.slice(first, last + 1).reduce((sum, ticks) => sum + Number(ticks), 0);

/** Milliseconds on a processor so far: what a busy machine does not lengthen much. */
export const cpuMsOf = (pid: number): number => ticksIn(statOf(pid) ?? [], 11, 12) * MS_A_TICK;

/** The same of a whole PostgreSQL, by any of its databases. */
export async function cpuMsOfPostgres(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const postmaster = statOf(rows[0].pid)?.[1] ?? '';
  await client.end();
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => [statOf(pid)])
    .filter((stat) => stat?.[1] === postmaster);
  // Of those that ended their postmaster keeps the sum.
  const own = ticksIn(statOf(postmaster) ?? [], 11, 14);
  return children.reduce((sum, stat) => sum + ticksIn(stat ?? [], 11, 12), own) * MS_A_TICK;
}
