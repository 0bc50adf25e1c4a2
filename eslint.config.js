import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Route literals live in the manifest and registration in the router: `app.get('/x')` anywhere else would drift. */
const routesOnlyInRouter = {
  selector:
    'CallExpression[callee.type="MemberExpression"][callee.object.name=/^(app|router)$/][callee.property.name=/^(get|post|put|patch|delete|all|head|options)$/]',
  message: 'Routes come from backend/manifest and are registered by backend/router.ts only.',
};

const environmentOnlyAtEntry = {
  selector: 'MemberExpression[object.name="process"][property.name="env"]',
  message: 'Only entry points read the environment; take a value from the config instead.',
};

/** A value of a request may have megabytes: in the message of an error it is cut. */
const valuesInErrorsAreCut = [
  'CallExpression[callee.name=/^(invalidParameter|doesNotExist|alreadyExists)$/]',
  'NewExpression[callee.name=/^(MlflowError|ProxyRefusal|ListWithoutIn)$/]',
].flatMap((error) =>
  ['>', ':not(TaggedTemplateExpression) >'].map((within) => ({
    selector: `${error} ${within} TemplateLiteral[expressions.length>0]`,
    message: 'Write brief`...` of backend/brief.ts, which cuts the values.',
  })),
);

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.stack/**', 'coverage/**', 'knox-service/dispatch/target/**'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['backend/**/*.ts', 'rewrite-generator/**/*.ts', 'knox-service/**/*.ts'],
    ignores: ['backend/router.ts'],
    rules: { 'no-restricted-syntax': ['error', routesOnlyInRouter, environmentOnlyAtEntry] },
  },
  {
    files: ['backend/{handlers,search,services,wire}/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', routesOnlyInRouter, environmentOnlyAtEntry, ...valuesInErrorsAreCut],
    },
  },
  { files: ['backend/router.ts'], rules: { 'no-restricted-syntax': ['error', environmentOnlyAtEntry] } },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  { files: ['**/*.cjs'], languageOptions: { globals: { module: 'writable', require: 'readonly' } } },
  { files: ['eslint.config.js'], languageOptions: { globals: { process: 'readonly' } } },
);
