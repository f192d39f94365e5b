/**
 * Generates the browsers' types from the server's own OpenAPI description. Needs no database. `node
 * scripts/generate-types.mjs [--check] [--document FILE]`: --check changes nothing and fails if the file is out of
 * date; --document reads the description from a file and builds nothing.
 */
import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, root } from './build.mjs';

const typesFile = join(root, 'src/web/kit/api.generated.ts');

const imported = (path) => import(pathToFileURL(join(root, 'dist', path)).href);

/** Loads the modules without instantiating their providers, so nothing connects or listens. */
async function describe() {
  const { NestFactory } = await import('@nestjs/core');
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  const { AppModule } = await imported('app.module.js');
  const { loadSettings } = await imported('platform/config/settings.js');
  const { describeApi } = await imported('platform/http/openapi.js');
  const secretKey = 'of a server that never runs, so that nothing is sealed with it';
  const databaseUrl = 'postgres://localhost/none';
  const adminKey = secretKey;
  const settings = loadSettings({ DATABASE_URL: databaseUrl, SECRET_KEY: secretKey });
  const app = await NestFactory.create(
    AppModule.forRuntime({ settings, databaseUrl, adminKey, secretKey }),
    new FastifyAdapter(),
    { preview: true, logger: false, abortOnError: false },
  );
  return describeApi(app);
}

/** @returns the formatted TypeScript, as stored in the file */
async function typesOf(document) {
  const { default: openapiTypescript, astToString } = await import('openapi-typescript');
  const prettier = await import('prettier');
  const schemas = { ...document, paths: {}, components: { schemas: document.components.schemas } };
  const text = astToString(await openapiTypescript(schemas, { alphabetize: true, silent: true }));
  const [components] = /export interface components \{[^]*?\n\}\n/.exec(text);
  const note =
    '/* Written by `npm run types` from the OpenAPI description. Names for these: api-types.ts. */\n\n';
  const options = await prettier.resolveConfig(typesFile);
  return prettier.format(note + components, { ...options, parser: 'typescript' });
}

async function main(args) {
  const given = args.indexOf('--document') + 1;
  if (given === 0) await build({ only: ['server'], onProgress: (line) => console.log(line) });
  const document = given > 0 ? JSON.parse(readFileSync(args[given], 'utf8')) : await describe();
  const expected = await typesOf(document);
  const name = relative(root, typesFile);
  if (!args.includes('--check')) {
    writeFileSync(typesFile, expected);
    console.log(`${name} is written`);
  } else if (readFileSync(typesFile, 'utf8') !== expected) {
    console.error(`${name} is out of date: run \`npm run types\``);
    process.exitCode = 1;
  }
}

await main(process.argv.slice(2));
