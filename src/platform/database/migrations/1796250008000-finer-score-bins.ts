import type { MigrationInterface, QueryRunner } from 'typeorm';

const OLD_BIN = 'least(49, floor(k.value * 50))';
const NEW_BIN = 'score_bin(k.value)';

/** Counts scores in the bins of score-bins.ts instead of fiftieths of the scale. */
export class FinerScoreBins1796250008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      SET LOCAL lock_timeout = '2s';
      -- The bin of a score: the number of edges at or below it, 0 to 49. The same edges as in score-bins.ts.
      CREATE FUNCTION score_bin(value double precision) RETURNS smallint
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT width_bucket(value, ARRAY[
          0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.045, 0.05, 0.055, 0.06, 0.065,
          0.07, 0.075, 0.08, 0.085, 0.09, 0.095, 0.1, 0.11, 0.12, 0.13, 0.14, 0.15, 0.175,
          0.2, 0.225, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75,
          0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.985, 0.99, 0.995]::double precision[])::smallint
      $$;
      LOCK TABLE human_decision_hour IN EXCLUSIVE MODE`);
    // The middle of an old bin is on the same side of 0.08 as all of its scores.
    await this.convertBins(runner, 'score_bin((bin + 0.5::float8) / 50)');
    await this.replaceInRollUp(runner, OLD_BIN, NEW_BIN);
  }

  /** Rows of bins that were narrower than a fiftieth are combined again. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SET LOCAL lock_timeout = '2s'; LOCK TABLE human_decision_hour IN EXCLUSIVE MODE`);
    await this.replaceInRollUp(runner, NEW_BIN, OLD_BIN);
    await this.convertBins(
      runner,
      '(SELECT min(b) FROM generate_series(0, 49) b WHERE score_bin((b + 0.999::float8) / 50) >= bin)',
    );
    await runner.query('DROP FUNCTION score_bin');
  }

  /** Two rows may get the same bin, so the new rows are written beside the old ones, with bins from 100 on. */
  private async convertBins(runner: QueryRunner, newBin: string): Promise<void> {
    await runner.query(`
      INSERT INTO human_decision_hour (site_id, label, hour, bin, published, refused)
      SELECT site_id, label, hour, 100 + ${newBin}, sum(published), sum(refused)
      FROM human_decision_hour GROUP BY 1, 2, 3, 4;
      DELETE FROM human_decision_hour WHERE bin < 100;
      UPDATE human_decision_hour SET bin = bin - 100`);
  }

  private async replaceInRollUp(runner: QueryRunner, from: string, to: string): Promise<void> {
    const [{ body }] = (await runner.query(`SELECT pg_get_functiondef('roll_up_hour'::regproc) AS body`)) as [
      { body: string },
    ];
    if (!body.includes(from)) throw new Error(`roll_up_hour does not contain ${from}`);
    await runner.query(body.replace(from, to));
  }
}
