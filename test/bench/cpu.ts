import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';

/** One tick of `/proc/PID/stat` is 10 ms (USER_HZ is 100 on Linux). */
const MS_PER_TICK = 10;

/**
 * Returns the fields of `/proc/PID/stat` after the program name, which may contain spaces. The second is the parent's
 * process ID; CPU ticks start at the 12th.
 */
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

/** CPU time that a process has used, in milliseconds. Unlike elapsed time, other load on the machine hardly affects it. */
export const cpuMsOf = (pid: number): number => ticksIn(statOf(pid) ?? [], 11, 12) * MS_PER_TICK;

/** CPU time of all processes of a PostgreSQL server, in milliseconds. @param databaseUrl any of its databases */
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
  // The postmaster's totals include its children that have exited.
  const own = ticksIn(statOf(postmaster) ?? [], 11, 14);
  return children.reduce((sum, stat) => sum + ticksIn(stat ?? [], 11, 12), own) * MS_PER_TICK;
}
