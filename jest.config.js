/**
 * Unit specs beside the code, integration specs in test/, journeys in test/e2e. `npm test` runs the
 * projects one after the other; `npx jest --selectProjects unit` runs one by hand.
 * Everything is ESM, so NODE_OPTIONS=--experimental-vm-modules is needed.
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

// Browser code is TSX with two JSX runtimes; a file names Preact or React by the folder it is in.
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
  // Nothing is asserted by it: it ends what hangs, also where a machine is several times slower than ours.
  testTimeout: 180_000,
  // Modules of finished files are never freed, and collecting gigabytes of them slows down the files that follow.
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
