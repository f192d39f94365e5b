import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validate, type ValidationError } from 'class-validator';
import { invalid, type FieldError } from './problem.js';

const BUILT_IN_TYPES: readonly unknown[] = [String, Boolean, Number, Array, Object, Promise, Buffer];
const kebab = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
const escapePointer = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');

const unknownField = (pointer: string, name: string): FieldError => ({
  pointer,
  code: 'unknown-field',
  message: `The field ${name} is unknown.`,
});

/** Pointers to all members with that name, at any depth. */
function pointersTo(name: string, value: unknown, pointer: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const memberPointer = `${pointer}/${escapePointer(key)}`;
    return key === name ? [memberPointer] : pointersTo(name, item, memberPointer);
  });
}

function fieldErrorsOf(errors: readonly ValidationError[], pointer: string): FieldError[] {
  return errors.flatMap((error) => {
    const memberPointer = `${pointer}/${escapePointer(error.property)}`;
    const rules = Object.entries(error.constraints ?? {});
    // A missing value breaks every rule of the field, such as length and format. Report only that it is missing.
    if (error.value === undefined && rules.length > 0 && !error.constraints?.['whitelistValidation'])
      return [{ pointer: memberPointer, code: 'missing', message: `${error.property} is missing.` }];
    const ownErrors = rules.map(([name, message]) =>
      name === 'whitelistValidation'
        ? unknownField(memberPointer, error.property)
        : { pointer: memberPointer, code: kebab(name), message },
    );
    return [...ownErrors, ...fieldErrorsOf(error.children ?? [], memberPointer)];
  });
}

/** Classes for which an empty object is valid, such as most queries. Cached, because the result never changes. */
const ACCEPTS_EMPTY_OBJECT = new WeakSet<object>();

/**
 * Turns an external plain value into an instance of its DTO class.
 *
 * @param unknownFields `refuse`, or `drop` for queries, to which publishers' caches add parameters
 * @returns the instance, or the errors, with pointers below `root`
 */
export async function parseAs<T extends object>(
  type: new () => T,
  value: unknown,
  { root = '', unknownFields = 'refuse' } = {},
): Promise<{ ok: true; value: T } | { ok: false; errors: FieldError[] }> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return {
      ok: false,
      errors: [{ pointer: root, code: 'is-object', message: 'The body must be a JSON object.' }],
    };
  }
  // class-transformer skips this name in objects, so it would not be validated, and uses it in maps.
  const unsafePointers = unknownFields === 'refuse' ? pointersTo('constructor', value, root) : [];
  if (unsafePointers.length > 0) {
    return { ok: false, errors: unsafePointers.map((pointer) => unknownField(pointer, 'constructor')) };
  }
  const isEmpty = Object.keys(value).length === 0;
  if (isEmpty && ACCEPTS_EMPTY_OBJECT.has(type)) return { ok: true, value: plainToInstance(type, value) };
  const instance = plainToInstance(type, value);
  const errors = await validate(instance, {
    whitelist: true,
    forbidNonWhitelisted: unknownFields === 'refuse',
    forbidUnknownValues: false,
  });
  if (errors.length > 0) return { ok: false, errors: fieldErrorsOf(errors, root) };
  if (isEmpty) ACCEPTS_EMPTY_OBJECT.add(type);
  return { ok: true, value: instance };
}

const STRICT_QUERIES = new WeakSet<object>();

/**
 * Rejects unknown query parameters with a 400 instead of dropping them: for routes where a misspelt parameter would
 * have a different effect than intended.
 */
export const StrictQuery = (): ClassDecorator => (type) => void STRICT_QUERIES.add(type);

function unknownParameters(type: new () => object, value: object): FieldError[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const knownNames = [...new Set(rules.map(({ propertyName }) => propertyName))];
  return Object.keys(value)
    .filter((name) => !knownNames.includes(name))
    .map((name) => ({
      pointer: `/query/${escapePointer(name)}`,
      code: 'unknown-parameter',
      message: `The parameter ${name} is unknown. Known parameters: ${knownNames.join(', ')}.`,
    }));
}

const OPTIONAL_BODIES = new WeakSet<object>();

/**
 * Treats a request without a body like one with `{}`. The route declares this in OpenAPI with `@ApiBody({required:
 * false})`.
 */
export const OptionalBody = (): ClassDecorator => (type) => void OPTIONAL_BODIES.add(type);

/** Validates every `@Body()`, `@Query()` and `@Param()` whose type is a DTO class. The 400 lists all errors. */
@Injectable()
export class ValidationPipe implements PipeTransform {
  async transform(value: unknown, { metatype, type }: ArgumentMetadata): Promise<unknown> {
    if (!metatype || BUILT_IN_TYPES.includes(metatype) || type === 'custom') return value;
    if (type === 'query' && STRICT_QUERIES.has(metatype)) {
      const errors = unknownParameters(metatype as new () => object, value ?? {});
      if (errors.length > 0) throw invalid(errors);
    }
    const isOptional = type !== 'body' || (value === undefined && OPTIONAL_BODIES.has(metatype));
    const input = isOptional ? (value ?? {}) : value;
    const parsed = await parseAs(metatype as new () => object, input, {
      root: type === 'body' ? '' : type === 'query' ? '/query' : '/path',
      unknownFields: type === 'body' ? 'refuse' : 'drop',
    });
    if (!parsed.ok) throw invalid(parsed.errors);
    return parsed.value;
  }
}
