import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { AppModule } from '../../src/app.module.js';
import { loadSettings } from '../../src/platform/config/settings.js';
import { IGNORES_KEY_EXTENSION } from '../../src/platform/http/idempotency.interceptor.js';
import { describeApi } from '../../src/platform/http/openapi.js';

/** The subset of JSON Schema that the server's OpenAPI document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

export interface Operation {
  method: string;
  path: string;
  operationId: string;
  tags: string[];
  summary?: string;
  parameters: Parameter[];
  security: Record<string, string[]>[];
  [IGNORES_KEY_EXTENSION]?: boolean;
  /** The schema of the JSON body; null if there is none. */
  body: Schema | null;
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: Schema }> }>;
}

export interface Description {
  document: OpenAPIObject;
  /** Operations below /api/v1, in the order of the document. */
  operations: Operation[];
  /** All other operations: APIs modelled on other products, with their own conventions. */
  foreign: Operation[];
  /** Resolves a reference into the document. Any other node is returned unchanged. */
  resolve<T extends { $ref?: string }>(node: T): T;
}

/** Generates the server's OpenAPI document from its modules, without starting anything. */
export async function loadApiDescription(): Promise<Description> {
  const secretKey = 'a key that seals nothing, because this server never starts';
  const databaseUrl = 'postgres://localhost/none';
  const app = await NestFactory.create(
    AppModule.forRuntime({
      settings: loadSettings({ DATABASE_URL: databaseUrl, SECRET_KEY: secretKey }),
      databaseUrl,
      adminKey: secretKey,
      secretKey,
    }),
    new FastifyAdapter(),
    { preview: true, logger: false, abortOnError: false },
  );
  return readDescription(describeApi(app));
}

export function readDescription(document: OpenAPIObject): Description {
  const resolve = <T extends { $ref?: string }>(node: T): T => {
    if (node.$ref === undefined) return node;
    const target = node.$ref
      .slice(2)
      .split('/')
      .reduce<unknown>((parent, name) => (parent as Record<string, unknown>)[name], document);
    return resolve(target as T);
  };
  const all = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Record<string, unknown>>).map(([method, raw]) => {
      const requestBody = raw['requestBody'] as { content: Record<string, { schema: Schema }> } | undefined;
      return {
        ...raw,
        method: method.toUpperCase(),
        path,
        parameters: ((raw['parameters'] ?? []) as Parameter[]).map((parameter) =>
          resolve(parameter as never),
        ),
        body: requestBody?.content['application/json']?.schema ?? null,
      } as unknown as Operation;
    }),
  );
  const isOurs = ({ path }: Operation): boolean => path.startsWith('/api/v1/');
  return {
    document,
    operations: all.filter(isOurs),
    foreign: all.filter((operation) => !isOurs(operation)),
    resolve,
  };
}
