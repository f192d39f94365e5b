import type { ModuleRef } from '@nestjs/core';

/**
 * Finds the provider of a platform port in any loaded module, or returns null if there is none. For ports whose
 * provider must not be imported because it belongs to a feature.
 */
export function findProvider<T>(modules: ModuleRef, port: abstract new (...args: never[]) => T): T | null {
  try {
    return modules.get<T>(port as unknown as symbol, { strict: false });
  } catch {
    return null;
  }
}
