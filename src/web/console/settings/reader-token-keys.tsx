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
                <th scope="col">Key stored here</th>
                <th scope="col">Kind</th>
                <th scope="col">Signs by</th>
              </tr>
            </thead>
            <tbody>
              {keys.map((key, index) => (
                <tr key={index}>
                  <th scope="row" className={marks.mono}>
                    {typeof key['kid'] === 'string' ? key['kid'] : 'without a kid'}
                  </th>
                  <td>
                    {textOf(key['kty'])}
                    {typeof key['crv'] === 'string' && ` ${key['crv']}`}
                  </td>
                  <td>{typeof key['alg'] === 'string' ? key['alg'] : 'any algorithm of its type'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className={parts.note}>
        {jwksUrl !== null &&
          'The key set at the address is cached for ten minutes. It is fetched again if a token has an unknown kid. '}
        The shared secret is not used meanwhile. It is kept in case you switch back.
      </p>
    </>
  );
}
