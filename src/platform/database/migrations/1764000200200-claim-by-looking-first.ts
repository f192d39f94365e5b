import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when somebody looks at a comment: who looks first has it in hand. */
export class ClaimByLookingFirst1764000200200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE looking ADD COLUMN since timestamptz NOT NULL DEFAULT now()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE looking DROP COLUMN since`);
  }
}
