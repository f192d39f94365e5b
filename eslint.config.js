import safeql from '@ts-safeql/eslint-plugin/config';
import { defineConfig, globalIgnores } from 'eslint/config';
import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';

/**
 * Which feature may import which. A feature may import features of earlier rows, but no other feature of its own row. If
 * two features need each other, the later one listens to events of the earlier one.
 */
const featureOrder = [
  ['sites'],
  ['stories', 'readers', 'staff'],
  ['entitlements'],
  ['comments'],
  ['reactions', 'flags', 'scoring', 'following', 'search'],
  ['moderation'],
  ['webhooks', 'live', 'notifications', 'audit', 'transfer'],
  ['compliance'],
];

const featurePolicies = featureOrder.flatMap((row, index) =>
  row.map((name) => ({
    from: { element: { type: 'feature', captured: { feature: name } } },
    allow: {
      to: [
        {
          element: { type: 'feature', captured: { feature: [name, ...featureOrder.slice(0, index).flat()] } },
        },
      ],
    },
  })),
);

// The console may be served over plain HTTP in a private network, where browsers do not provide these.
const secureOnly = [
  {
    object: 'crypto',
    property: 'randomUUID',
    message: 'Not available over plain HTTP. Use kit/random-id.ts.',
  },
  { object: 'crypto', property: 'subtle', message: 'Not available over plain HTTP.' },
];

const restrictDefaultExport = {
  selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
  message: 'Use named exports, so that each export has one name everywhere.',
};

const restrictClock = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'Use Clock (platform/clock.ts).',
  },
  {
    selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    message: 'Use Clock (platform/clock.ts).',
  },
];

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.postbag*/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-throw-literal': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // A method may have to return a promise because of its interface, although it awaits nothing.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { boundaries },
    settings: {
      'import/resolver': { typescript: { project: ['tsconfig.json'] } },
      'boundaries/elements': [
        { type: 'feature', pattern: 'src/features/*', capture: ['feature'] },
        { type: 'platform', pattern: 'src/platform' },
        { type: 'widget', pattern: 'src/web/widget' },
        { type: 'console', pattern: 'src/web/console' },
        { type: 'kit', pattern: 'src/web/kit' },
        { type: 'demo', pattern: 'src/demo' },
        { type: 'cli', pattern: 'src/cli' },
      ],
      'boundaries/files': [{ category: 'root', pattern: 'src/*.ts' }],
    },
    rules: {
      'no-restricted-syntax': ['error', restrictDefaultExport],
      'boundaries/no-unknown-files': 'error',
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [
            { allow: { to: { module: { origin: ['external', 'core'] } } } },
            { from: { element: { type: 'platform' } }, allow: { to: { element: { type: 'platform' } } } },
            { from: { element: { type: 'feature' } }, allow: { to: { element: { type: 'platform' } } } },
            ...featurePolicies,
            {
              from: { element: { type: 'cli' } },
              allow: {
                to: [{ element: { type: ['cli', 'feature', 'platform'] } }, { file: { categories: 'root' } }],
              },
            },
            {
              from: { file: { categories: 'root' } },
              allow: {
                to: [
                  { element: { type: ['cli', 'feature', 'platform', 'demo'] } },
                  { file: { categories: 'root' } },
                ],
              },
            },
            { from: { element: { type: 'demo' } }, allow: { to: { element: { type: 'demo' } } } },
            { from: { element: { type: 'kit' } }, allow: { to: { element: { type: 'kit' } } } },
            {
              from: { element: { type: 'widget' } },
              allow: { to: { element: { type: ['widget', 'kit'] } } },
            },
            {
              from: { element: { type: 'console' } },
              allow: { to: { element: { type: ['console', 'kit'] } } },
            },
          ],
        },
      ],
    },
  },
  {
    // Only platform/config reads the environment. Other code gets the settings that it needs.
    files: ['src/**/*.ts'],
    ignores: [
      'src/platform/config/**',
      'src/main.ts',
      'src/cli.ts',
      'src/cli/**',
      'src/web/**',
      '**/*.spec.ts',
    ],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read settings in platform/config.' },
      ],
    },
  },
  {
    files: ['src/web/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-properties': ['error', ...secureOnly],
    },
  },
  {
    files: ['src/web/console/**/*.{ts,tsx}'],
    ignores: ['src/web/console/shell/copy-text.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...secureOnly,
        {
          object: 'navigator',
          property: 'clipboard',
          message: 'Not available over plain HTTP. Use shell/copy-text.ts.',
        },
      ],
    },
  },
  {
    files: ['src/features/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', restrictDefaultExport, ...restrictClock] },
  },
  { files: ['src/**/*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['src/cli.ts', 'src/cli/**/*.ts', 'src/main.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.ts', '**/*.spec.{ts,tsx}'],
    rules: {
      // Tests read response bodies without types; the assertions check them.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'no-console': 'off',
    },
  },
  // Set by scripts/lint.mjs. Editors check everything except the SQL.
  ...(process.env.POSTBAG_LINT_DATABASE
    ? [
        {
          files: ['src/**/*.ts'],
          ignores: ['**/*.spec.ts'],
          extends: [
            safeql.configs.connections({
              databaseUrl: process.env.POSTBAG_LINT_DATABASE,
              targets: [{ tag: 'sql', skipTypeAnnotations: true }],
            }),
          ],
        },
      ]
    : []),
  {
    files: ['**/*.{js,mjs}'],
    extends: [tseslint.configs.recommended],
    rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
);
