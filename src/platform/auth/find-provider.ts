import type { ModuleRef } from '@nestjs/core';

/**
 * What some module provides for a port of the platform's, wherever it stands; null when no loaded module does.
 * For ports whose provider must not be imported: it belongs to a later feature.
 */
export function findProvider<T>(modules: ModuleRef, port: abstract new (...args: never[]) => T): T | null {
  try {
    return modules.get<T>(port as unknown as symbol, { strict: false });
  } catch {
    return null;
  }
}
