/**
 * Unit specs are next to the code, integration specs in test/, browser tests in test/e2e. `npm test` runs the projects
 * unit, integration and e2e. `npx jest --selectProjects unit` runs one project; because all code is ESM, it needs
 * NODE_OPTIONS=--experimental-vm-modules.
 */
const swc = {
  swcrc: false,
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2022',
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

// The console uses React's JSX runtime, the widget uses Preact's.
const jsx = (importSource) => ({
  ...swc,
  jsc: {
    ...swc.jsc,
    parser: { syntax: 'typescript', tsx: true, decorators: true },
    transform: { ...swc.jsc.transform, react: { runtime: 'automatic', importSource } },
  },
});

const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'json', 'node'],
  transform: {
    '/src/web/console/.+\\.tsx$': ['@swc/jest', jsx('react')],
    '\\.tsx$': ['@swc/jest', jsx('preact')],
    '\\.ts$': ['@swc/jest', swc],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.postbag'],
};

export default {
  // Only ends tests that hang. It is long enough for a machine that is several times slower.
  testTimeout: 180_000,
  // Node does not free the modules of finished spec files, and garbage collection of gigabytes slows down the next ones.
  workerIdleMemoryLimit: '1.5GB',
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.spec.{ts,tsx}'] },
    {
      ...base,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/**/*.spec.ts'],
      globalSetup: '<rootDir>/scripts/jest-cluster.mjs',
      globalTeardown: '<rootDir>/scripts/jest-cluster-stop.mjs',
    },
    {
      ...base,
      displayName: 'sweeps',
      testMatch: ['<rootDir>/test/**/*.sweep.ts'],
      globalSetup: '<rootDir>/scripts/jest-cluster.mjs',
      globalTeardown: '<rootDir>/scripts/jest-cluster-stop.mjs',
    },
    {
      ...base,
      displayName: 'faults',
      testMatch: ['<rootDir>/test/faults/**/*.fault.ts'],
      globalSetup: '<rootDir>/scripts/jest-cluster.mjs',
      globalTeardown: '<rootDir>/scripts/jest-cluster-stop.mjs',
    },
    {
      ...base,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
      globalSetup: '<rootDir>/scripts/jest-cluster.mjs',
      globalTeardown: '<rootDir>/scripts/jest-cluster-stop.mjs',
    },
  ],
};
