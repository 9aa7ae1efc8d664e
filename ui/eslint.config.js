import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

const OTHER_SCREEN =
  'A screen must not import another one. Shared code belongs in src/components or src/lib; src/screens/window combines the screens.'

const forbids = (regex, message) => ({
  'no-restricted-imports': ['error', { patterns: [{ regex, message }] }],
})

const BUSY =
  'busy|loading|looking|previewing|testing|fetching|importing|running|saving|sending|starting|asking|working|repairing'

/** A request that is written by hand instead of with an `Action`. */
const byHand = [
  {
    selector: `AssignmentExpression[right.value=true]:matches([left.name=/^(${BUSY})$/], [left.property.name=/^#?(${BUSY})$/])`,
    message: 'Use an Action (lib/state/action), which knows whether it runs.',
  },
  {
    selector: 'CatchClause AssignmentExpression > CallExpression[callee.name="asErrorView"]',
    message: 'Use an Action (lib/state/action), which keeps why it failed, or failureOf.',
  },
]

/** Keeps the files that are `depth` folders below `src/screens` to their own screen. */
const screens = (depth) => ({
  files: [`src/screens/${'*/'.repeat(depth)}*.{ts,svelte}`],
  ignores: ['src/screens/window/**'],
  rules: forbids(String.raw`^(\./)?(\.\./){${depth}}(?!\.\.)|/screens/`, OTHER_SCREEN),
})

export default ts.config(
  { ignores: ['dist', 'node_modules', 'test-results', 'src/lib/ipc/generated'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 320, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      'no-restricted-syntax': ['error', ...byHand],
      'svelte/no-at-html-tags': 'error',
      // Maps here are either replaced whole or no state of the page.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
    rules: { 'no-undef': 'off' },
  },
  { files: ['src/lib/state/action/action.svelte.ts'], rules: { 'no-restricted-syntax': 'off' } },
  screens(1),
  screens(2),
  screens(3),
  {
    files: ['src/components/**/*.{ts,svelte}'],
    rules: forbids('/screens/', 'A component must not import a screen.'),
  },
  {
    files: ['src/lib/**/*.{ts,svelte}'],
    rules: forbids(
      String.raw`/screens/|(^\$|/)components/`,
      'The library must not import components or screens.',
    ),
  },
)
