import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const src = join(root, 'src')

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

const sources = files(src).filter((file) => /\.(ts|svelte)$/.test(file))
const named = (file: string) => relative(src, file)

const COMPOSITED = /(?<![\w-])(transform|opacity|filter|backdrop-filter|rotate|scale|translate)(?![\w-])/

/** What stands between the braces of each `@keyframes`. */
function keyframes(style: string): string[] {
  return [...style.matchAll(/@(?:-webkit-)?keyframes[^{]*\{/g)].map(({ 0: head, index }) => {
    const from = index + head.length
    let at = from
    for (let open = 1; open > 0 && at < style.length; at++) {
      if (style[at] === '{') open++
      if (style[at] === '}') open--
    }
    return style.slice(from, at)
  })
}

/** Whether a style animates what is drawn in a layer of its own. */
function composites(style: string): boolean {
  const transitions = style.match(/(?<![\w-])transition(-property)?\s*:[^;}]*/g) ?? []
  return (
    /(?<![\w-])will-change\s*:/.test(style) ||
    [...keyframes(style), ...transitions].some((part) => COMPOSITED.test(part))
  )
}

/** What waits for something else than typing to rest, and the `Action` that waits for that. */
const TIMED = [
  'components/controls/CopyLine.svelte',
  'components/layout/Dialog.svelte',
  'components/layout/Tooltips.svelte',
  'components/panels/AskedSection.svelte',
  'lib/ipc/fake/index.ts',
  'lib/state/action/action.svelte.ts',
  'lib/state/window/toasts.svelte.ts',
  'screens/core/core.svelte.ts',
  'screens/window/Main.svelte',
]

const DIALOG = /import (?:Request|Confirm|Forget)Dialog /

/** The hooks that the parts of a dialog have by the `testid` of the dialog. */
const partsOfDialogs = (text: string): string[] =>
  DIALOG.test(text)
    ? [...text.matchAll(/\btestid="([a-z-]+)"/g)].flatMap(([, name]) =>
        ['dialog', 'error', 'typed', 'confirm', 'close', 'warning'].map((part) => `${name}-${part}`),
      )
    : []

describe('the source', () => {
  test('speaks with Tauri nowhere but in lib/ipc', () => {
    const speaking = sources.filter((file) => readFileSync(file, 'utf8').includes('@tauri-apps')).map(named)
    expect(speaking).toEqual(['lib/ipc/tauri.ts'])
  })

  test('waits for typing to rest with an Action alone', () => {
    const timed = sources
      .filter((file) => !file.endsWith('.test.ts') && /\bsetTimeout\(/.test(readFileSync(file, 'utf8')))
      .map(named)
    expect(timed.toSorted()).toEqual(TIMED)
  })

  test('scrolls by the token that stops it under a dialog', () => {
    const scrolling = sources.filter((file) =>
      /overflow(-[xy])?: (auto|scroll)/.test(readFileSync(file, 'utf8')),
    )
    expect(scrolling.map(named)).toEqual([])
  })

  test('has no style in markup, which the content security policy forbids', () => {
    const styled = sources.filter((file) => /\sstyle=["'{]/.test(readFileSync(file, 'utf8'))).map(named)
    expect(styled).toEqual([])
  })

  test('asks for no vendor by name outside the words', () => {
    const asking = sources
      .filter((file) => !/lib\/(ipc|messages)\/|\.test\.ts$/.test(file))
      .filter((file) => /===? ?'(aidbox|aica|dashboard)'/.test(readFileSync(file, 'utf8')))
    expect(asking.map(named)).toEqual([])
  })

  test('animates nothing that makes WebKitGTK composite the window, which costs 100 MiB', () => {
    const composited = files(src)
      .filter((file) => /\.(css|svelte)$/.test(file))
      .filter((file) => composites(readFileSync(file, 'utf8')))
    expect(composited.map(named)).toEqual([])
  })

  test.each([
    '@keyframes turn { from { left: 0 } to { transform: rotate(1turn) } }',
    '@media print { a { left: 0 } } @keyframes x { to { opacity: 0 } }',
    'a { transition: color 1s, opacity var(--motion); }',
    'a {\n  transition:\n    color 1s,\n    transform 1s;\n}',
    'a { transition-property: filter }',
    'a { will-change: left; }',
  ])('would be found out with %j', (style) => expect(composites(style)).toBe(true))

  test.each([
    '@keyframes turn { to { stroke-dashoffset: -8; } } @media print { a { opacity: 0.5 } } a { transform: none }',
    'a { transition: background-color 1s; opacity: 0.5; }',
  ])('would not with %j', (style) => expect(composites(style)).toBe(false))

  test('has every shared component in components/README.md, and only those', () => {
    const page = readFileSync(join(src, 'components/README.md'), 'utf8')
    const shared = page.slice(page.indexOf('\n## '))
    const listed = [...shared.matchAll(/^- `(?<name>\w+)`: \S/gm)].map(({ groups }) => groups?.name)
    const there = sources.flatMap((file) => /^components\/.*?(\w+)\.svelte$/.exec(named(file))?.[1] ?? [])
    expect(listed.toSorted()).toEqual(there.toSorted())
  })

  test('has every hook that docs/test-hooks.md lists for the main window', () => {
    const texts = sources.map((file) => readFileSync(file, 'utf8'))
    const all = [...texts, ...texts.flatMap(partsOfDialogs)].join('\n')
    const page = readFileSync(join(root, '../docs/test-hooks.md'), 'utf8')
    const listed = [...page.matchAll(/^\| `(?<hook>[a-z-]+)/gm)].map(({ groups }) => groups?.hook ?? '')
    expect(listed.length).toBeGreaterThan(30)
    const missing = listed.filter((hook) => !all.includes(hook.replace(/-$/, '')))
    expect(missing).toEqual([])
  })
})
