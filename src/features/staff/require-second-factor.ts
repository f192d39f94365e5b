import { Problem } from '../../platform/http/problem.js';
import type { FactorProof } from './second-factors.service.js';

/**
 * Refuses a request whose second factor is missing or wrong.
 *
 * @param status 401 if the caller is not signed in yet, 403 if they are
 * @returns true if a second factor was provided; false if the account has none
 * @throws Problem `second-factor-needed`, `bad-second-factor`
 */
export function requireSecondFactor(factorProof: FactorProof, status: 401 | 403): boolean {
  switch (factorProof.outcome) {
    case 'none':
      return false;
    case 'proven':
      return true;
    case 'needed':
      throw new Problem(
        status,
        'second-factor-needed',
        'This account has a second factor: send it too, as `code` or `recoveryCode`.',
        { methods: factorProof.methods },
      );
    case 'wrong':
      throw new Problem(status, 'bad-second-factor', 'The code is wrong or was already used.', {
        methods: factorProof.methods,
      });
  }
}
