import 'reflect-metadata';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsObject,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/**
 * Property decorators that define a field in one place: class-validator's rules, class-transformer's types and
 * OpenAPI's schema. Used for bodies, queries and responses.
 */
export interface FieldOptions {
  description?: string;
  example?: unknown;
  /** Whether the member may be absent. */
  optional?: boolean;
  /** Whether the member may be null. */
  nullable?: boolean;
}

type Class<T = unknown> = abstract new (...args: never[]) => T;

function compose(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    // If the decorator is called as a function, TypeScript emits no type metadata, which the OpenAPI scanner needs.
    if (!Reflect.hasMetadata('design:type', target, property)) {
      Reflect.defineMetadata('design:type', Object, target, property);
    }
    for (const decorate of decorators) decorate(target, property);
  };
}

/** Replaces `type: [x, 'null']` in a schema by `nullable`, because the OpenAPI scanner supports only the latter. */
function withNullType({ type, ...schema }: Record<string, unknown>): Record<string, unknown> {
  if (!Array.isArray(type)) return type === undefined ? schema : { ...schema, type };
  return { ...schema, type: type.find((name) => name !== 'null') as unknown, nullable: true };
}

/** What every field has: its OpenAPI schema, and no validation of a value that may be absent or null. */
function baseDecorators(options: FieldOptions, schema: Record<string, unknown>): PropertyDecorator[] {
  const { description, example, optional = false, nullable = false } = options;
  const api = {
    ...withNullType(schema),
    ...(nullable ? { nullable } : {}),
    ...(description === undefined ? {} : { description }),
    ...(example === undefined ? {} : { example }),
    required: !optional,
  } as unknown as ApiPropertyOptions;
  return [
    ApiProperty(api),
    ...(optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    ...(nullable ? [ValidateIf((_, value) => value !== null && (!optional || value !== undefined))] : []),
  ];
}

/** Text that PostgreSQL can hold: no NUL, no lone surrogate. */
const IsStorableText = (each = false): PropertyDecorator =>
  ValidateBy(
    {
      name: 'storableText',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && !value.includes('\0') && value.isWellFormed(),
        defaultMessage: () => '$property must be text without NUL characters or broken surrogates',
      },
    },
    { each },
  );

export interface TextOptions extends FieldOptions {
  /** Lengths in UTF-16 units; defaults 1 and 255. */
  min?: number;
  max?: number;
  pattern?: RegExp;
  patternMessage?: string;
}

export function Text(options: TextOptions = {}): PropertyDecorator {
  const { min = 1, max = 255, pattern } = options;
  return compose(
    ...baseDecorators(options, {
      type: 'string',
      minLength: min,
      maxLength: max,
      ...(pattern ? { pattern: pattern.source } : {}),
    }),
    IsStorableText(),
    MinLength(min),
    MaxLength(max),
    ...(pattern ? [Matches(pattern, options.patternMessage ? { message: options.patternMessage } : {})] : []),
  );
}

export const Id = (options: FieldOptions = {}): PropertyDecorator =>
  compose(...baseDecorators(options, { type: 'string', format: 'uuid' }), IsUUID());

/** An instant, ISO 8601 with a zone; stays a string. */
export const Instant = (options: FieldOptions = {}): PropertyDecorator =>
  compose(
    ...baseDecorators(options, { type: 'string', format: 'date-time' }),
    IsISO8601({ strict: true, strictSeparator: true }),
    ValidateBy({
      name: 'instant',
      validator: {
        // PostgreSQL and JavaScript disagree about years of more than four digits, and no real date here has one.
        validate: (value: unknown) =>
          typeof value === 'string' &&
          /^\d{4}-.*(Z|[+-]\d\d:?\d\d)$/.test(value) &&
          !Number.isNaN(Date.parse(value)),
        defaultMessage: () => '$property must be a date and time such as 2026-11-23T12:00:00Z',
      },
    }),
  );

export interface ChoiceOptions extends FieldOptions {
  /** Publishes the enum as a separate schema with this name. */
  name?: string;
}

export const OneOf = (
  values: readonly (string | number)[],
  { name, ...options }: ChoiceOptions = {},
): PropertyDecorator =>
  compose(
    ...baseDecorators(options, {
      type: typeof values[0],
      enum: [...values],
      ...(name === undefined ? {} : { enumName: name }),
    }),
    IsIn([...values]),
  );

export interface NumberOptions extends FieldOptions {
  min?: number;
  max?: number;
}

const rangeRules = ({ min, max }: NumberOptions): PropertyDecorator[] => [
  ...(min === undefined ? [] : [Min(min)]),
  ...(max === undefined ? [] : [Max(max)]),
];

const rangeSchema = ({ min, max }: NumberOptions): Record<string, number> => ({
  ...(min === undefined ? {} : { minimum: min }),
  ...(max === undefined ? {} : { maximum: max }),
});

export const Int = (options: NumberOptions = {}): PropertyDecorator => {
  const bounds = { min: -2147483648, max: 2147483647, ...options };
  return compose(
    ...baseDecorators(options, { type: 'integer', ...rangeSchema(options) }),
    IsInt(),
    ...rangeRules(bounds),
  );
};

export const Num = (options: NumberOptions = {}): PropertyDecorator =>
  compose(
    ...baseDecorators(options, { type: 'number', ...rangeSchema(options) }),
    IsNumber({ allowNaN: false, allowInfinity: false }),
    ...rangeRules(options),
  );

export const Bool = (options: FieldOptions = {}): PropertyDecorator =>
  compose(...baseDecorators(options, { type: 'boolean' }), IsBoolean());

/** A URL with one of the given schemes; stays a string. */
export const Url = (
  options: FieldOptions & { schemes?: readonly string[]; max?: number } = {},
): PropertyDecorator => {
  const { schemes = ['https', 'http'], max = 2048 } = options;
  return compose(
    ...baseDecorators(options, { type: 'string', format: 'uri', maxLength: max }),
    IsStorableText(),
    MaxLength(max),
    ValidateBy({
      name: 'url',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' &&
          URL.canParse(value) &&
          schemes.includes(new URL(value).protocol.slice(0, -1)),
        defaultMessage: () => `$property must be a URL with the scheme ${schemes.join(' or ')}`,
      },
    }),
  );
};

export const Nested = (type: () => Class, options: FieldOptions = {}): PropertyDecorator =>
  compose(...baseDecorators(options, lazily(type)), IsObject(), ValidateNested(), Type(type));

/** The OpenAPI scanner resolves a class lazily only if the function is named "type". */
const lazily = (type: () => Class): Record<string, unknown> => ({ type: () => type() });

export interface ListOptions extends FieldOptions {
  minItems?: number;
  maxItems?: number;
}

export const ListOf = (type: () => Class, options: ListOptions = {}): PropertyDecorator =>
  compose(
    ...baseDecorators(options, {
      ...lazily(type),
      isArray: true,
      ...(options.minItems ? { minItems: options.minItems } : {}),
      maxItems: options.maxItems ?? 100,
    }),
    IsArray(),
    ArrayMinSize(options.minItems ?? 0),
    ArrayMaxSize(options.maxItems ?? 100),
    ValidateNested({ each: true }),
    IsObject({ each: true }),
    Type(type),
  );

export const TextList = (
  options: ListOptions & { min?: number; max?: number; values?: readonly string[] } = {},
): PropertyDecorator =>
  compose(
    ...baseDecorators(options, {
      type: 'array',
      items: options.values
        ? { type: 'string', enum: [...options.values] }
        : { type: 'string', minLength: options.min ?? 1, maxLength: options.max ?? 2048 },
      ...(options.minItems ? { minItems: options.minItems } : {}),
      maxItems: options.maxItems ?? 100,
    }),
    IsArray(),
    ArrayMinSize(options.minItems ?? 0),
    ArrayMaxSize(options.maxItems ?? 100),
    IsStorableText(true),
    MinLength(options.min ?? 1, { each: true }),
    MaxLength(options.max ?? 2048, { each: true }),
    ...(options.values ? [IsIn([...options.values], { each: true })] : []),
  );

/** A free-form object or map whose schema the handler checks; documented by `schema`. */
export const Json = (
  schema: Record<string, unknown> = { type: 'object' },
  options: FieldOptions = {},
): PropertyDecorator => compose(...baseDecorators(options, schema), IsObject());

/** A member that appears only in responses and is never validated. Its schema may list `null` among its types. */
export const Answer = (schema: Record<string, unknown>, options: FieldOptions = {}): PropertyDecorator =>
  compose(...baseDecorators(options, schema), IsOptional());

/** An integer in a query string. Values outside the range are clamped; anything that is not a number is rejected. */
export const QueryInt = (options: {
  min: number;
  max: number;
  fallback: number;
  description?: string;
}): PropertyDecorator =>
  compose(
    ApiProperty({
      type: 'integer',
      minimum: options.min,
      maximum: options.max,
      default: options.fallback,
      required: false,
      ...(options.description === undefined ? {} : { description: options.description }),
    }),
    Transform(({ value }: { value: unknown }) => {
      if (value === undefined) return options.fallback;
      if (typeof value !== 'string' || !/^-?\d+$/.test(value)) return value;
      return Math.min(options.max, Math.max(options.min, Number(value)));
    }),
    IsInt(),
  );

/** The parameters of every list route. */
export class PageQuery {
  @Text({ optional: true, max: 1024, description: 'The `next` value of the previous page.' })
  cursor?: string;

  @QueryInt({ min: 1, max: 100, fallback: 20, description: 'Values outside the range are clamped.' })
  limit: number = 20;
}
