import type { ModuleRef } from '@nestjs/core';

/**
 * Finds the provider of an abstract class in any loaded module; null if there is none. For classes that the platform
 * defines and a feature implements: the caller must not import that feature.
 */
export function findProvider<T>(
  modules: ModuleRef,
  abstractClass: abstract new (...args: never[]) => T,
): T | null {
  try {
    return modules.get<T>(abstractClass as unknown as symbol, { strict: false });
  } catch {
    return null;
  }
}
