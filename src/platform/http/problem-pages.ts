import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ProblemDescription } from './problem-codes/problem-description.js';
import { PROBLEM_GROUPS } from './problem-codes/problem-codes.js';

const STYLE = `:root{color-scheme:light dark}body{max-width:42em;margin:0 auto;padding:16px;font:1.0625rem/1.5 system-ui,sans-serif}
h1,h2{line-height:1.2}code{overflow-wrap:anywhere}dt{font-weight:600}dd{margin:0 0 .8em}`;
const styleHash = createHash('sha256').update(STYLE).digest('base64');
const CSP = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
const ONE_HOUR = 'public, max-age=3600';

/** The texts are our own and contain no markup except backticks. */
const toHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/`([^`]+)`/g, '<code>$1</code>');

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Postbag API</title><style>${STYLE}</style></head>
<body><main>${body}</main></body></html>
`;

const statusOf = ({ status }: ProblemDescription): string => [status].flat().join(' or ');

const problemPage = (code: string, problem: ProblemDescription): string =>
  page(
    code,
    `<h1><code>${code}</code></h1>
<dl><dt>HTTP status</dt><dd>${statusOf(problem)}</dd>
<dt>Cause</dt><dd>${toHtml(problem.cause)}</dd>
<dt>Remedy</dt><dd>${toHtml(problem.remedy)}</dd></dl>
<p><a href="/api/problems">All problem codes</a> · <a href="/api/docs">API reference</a></p>`,
  );

const indexPage = (): string =>
  page(
    'Problem codes',
    `<h1>Problem codes</h1>${PROBLEM_GROUPS.map(
      ({ title, problems }) =>
        `<h2>${title}</h2><ul>${Object.entries(problems)
          .map(
            ([code, { cause }]) =>
              `<li><a href="/api/problems/${code}"><code>${code}</code></a>: ${toHtml(cause)}</li>`,
          )
          .join('\n')}</ul>`,
    ).join('\n')}`,
  );

const send = (reply: FastifyReply, html: string): FastifyReply =>
  reply
    .header('content-security-policy', CSP)
    .header('cache-control', ONE_HOUR)
    .type('text/html; charset=utf-8')
    .send(html);

/** Serves the pages that the `type` of problems leads to, and their index. */
export function serveProblemPages(fastify: FastifyInstance): void {
  const pages = new Map(
    PROBLEM_GROUPS.flatMap(({ problems }) => Object.entries(problems)).map(([code, problem]) => [
      code,
      problemPage(code, problem),
    ]),
  );
  fastify.get('/api/problems', (_request, reply) => send(reply, indexPage()));
  fastify.get<{ Params: { code: string } }>('/api/problems/:code', ({ params: { code } }, reply) => {
    const html = pages.get(code);
    return html === undefined ? reply.callNotFound() : send(reply, html);
  });
}
