import { describe, expect, it } from '@jest/globals';
import { runPhases, type Phase, type PhaseInput } from './phases/index.js';
import { PhaseTimeoutError, withTimeouts } from './phase-timeout.js';

const hangs: Phase = { name: 'hangs', labels: ['spam'], run: () => new Promise(() => undefined) };
const passingPhase: Phase = {
  name: 'works',
  labels: ['links'],
  run: () => ({ links: { value: 0.2, spans: [] } }),
};

describe('phase timeouts', () => {
  it('abandon a phase that hangs and continue with the next', async () => {
    const { scores, failures } = await runPhases({} as PhaseInput, withTimeouts([hangs, passingPhase], 10));
    expect(scores).toEqual({ links: { value: 0.2, spans: [] } });
    expect(failures).toEqual([{ phase: 'hangs', error: expect.any(PhaseTimeoutError) }]);
  });

  it('keep a result that arrives in time', async () => {
    const { scores, failures } = await runPhases({} as PhaseInput, withTimeouts([passingPhase], 1_000));
    expect(scores.links?.value).toBe(0.2);
    expect(failures).toEqual([]);
  });
});
