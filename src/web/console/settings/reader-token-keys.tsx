import marks from '../shell/marks.module.css';
import parts from '../shell/sections.module.css';
import table from '../shell/table.module.css';
import type { SignOn } from '../api-types.js';
import classes from './settings.module.css';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '–');

/** The publisher's public keys: the JWKS URL, and keys stored in Postbag. */
export function ReaderTokenKeys({ signOn: { jwksUrl, jwks } }: { signOn: Pick<SignOn, 'jwksUrl' | 'jwks'> }) {
  const keys = jwks?.keys ?? [];
  return (
    <>
      <div className={parts.sub}>
        <h3>Public keys</h3>
      </div>
      {jwksUrl !== null && (
        <dl className={`${marks.facts} ${classes.facts}`}>
          <dt>Are fetched from</dt>
          <dd className={marks.mono}>{jwksUrl}</dd>
        </dl>
      )}
      {keys.length > 0 && (
        <div className={table.scroll}>
          <table className={`${table.table} ${table.inset}`}>
            <thead>
              <tr>
                <th scope="col">Key that stays here</th>
                <th scope="col">Kind</th>
                <th scope="col">Signs by</th>
              </tr>
            </thead>
            <tbody>
              {keys.map((key, at) => (
                <tr key={at}>
                  <th scope="row" className={marks.mono}>
                    {typeof key['kid'] === 'string' ? key['kid'] : 'without a kid'}
                  </th>
                  <td>
                    {textOf(key['kty'])}
                    {typeof key['crv'] === 'string' && ` ${key['crv']}`}
                  </td>
                  <td>{typeof key['alg'] === 'string' ? key['alg'] : 'what its kind can'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className={parts.note}>
        {jwksUrl !== null &&
          'What is at the address is kept for ten minutes; a kid that is not in it has it fetched anew. '}
        The shared secret signs nothing meanwhile. It is still there if you go back to it.
      </p>
    </>
  );
}
