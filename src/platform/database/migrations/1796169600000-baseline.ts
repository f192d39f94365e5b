import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const FOLDER = join(import.meta.dirname, '../baseline');

/** The schema of version 0.1.0: the SQL files of `baseline/`, ordered by name. */
export class Baseline1796169600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Functions may refer to tables of a later file.
    await runner.query('SET LOCAL check_function_bodies = off');
    const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
    for (const file of files) await runner.query(await readFile(join(FOLDER, file), 'utf8'));
  }

  down(): Promise<void> {
    throw new Error('The baseline cannot be reverted: drop the database instead');
  }
}
