/** Every shortcut in one table: what it does, and how it is written in the help. */
import type { m } from '$lib/messages'

export type Action =
  | 'attention'
  | 'all'
  | 'files'
  | 'search'
  | 'create'
  | 'export'
  | 'exportTable'
  | 'copyKey'
  | 'remove'
  | 'refresh'
  | 'help'
  | 'settings'
  | 'nextPane'
  | 'previousPane'
  | 'escape'

interface Binding {
  key: string
  ctrl: boolean
  /** Where it matters whether Shift is held. */
  shift?: boolean
}

export interface Shortcut {
  action: keyof typeof m.shortcuts.actions
  group: 'list' | 'license' | 'window'
  /** As it is printed; each inner list is one way. */
  keys: string[][]
  /** What the main screen listens for; the list's own keys are the list's, and every screen has those of `PageKeys`. */
  bindings: Binding[]
}

const ctrl = (key: string): Binding => ({ key, ctrl: true })
const plain = (key: string): Binding => ({ key, ctrl: false })

export const SHORTCUTS: readonly Shortcut[] = [
  { action: 'move', group: 'list', keys: [['↑'], ['↓']], bindings: [] },
  { action: 'edges', group: 'list', keys: [['Home'], ['End']], bindings: [] },
  { action: 'page', group: 'list', keys: [['Page Up'], ['Page Down']], bindings: [] },
  {
    action: 'extend',
    group: 'list',
    keys: [
      ['Shift', '↑'],
      ['Shift', '↓'],
    ],
    bindings: [],
  },
  { action: 'toggle', group: 'list', keys: [['Space']], bindings: [] },
  { action: 'selectAll', group: 'list', keys: [['Ctrl', 'A']], bindings: [] },
  { action: 'open', group: 'list', keys: [['Enter']], bindings: [] },
  { action: 'fold', group: 'list', keys: [['←'], ['→']], bindings: [] },
  { action: 'menu', group: 'license', keys: [['Shift', 'F10']], bindings: [] },
  {
    action: 'export',
    group: 'license',
    keys: [['Ctrl', 'E']],
    bindings: [{ key: 'e', ctrl: true, shift: false }],
  },
  {
    action: 'copyKey',
    group: 'license',
    keys: [['Ctrl', 'Shift', 'C']],
    bindings: [{ key: 'c', ctrl: true, shift: true }],
  },
  { action: 'remove', group: 'license', keys: [['Delete']], bindings: [plain('Delete')] },
  { action: 'attention', group: 'window', keys: [['Ctrl', '1']], bindings: [ctrl('1')] },
  { action: 'all', group: 'window', keys: [['Ctrl', '2']], bindings: [ctrl('2')] },
  { action: 'files', group: 'window', keys: [['Ctrl', '3']], bindings: [ctrl('3')] },
  {
    action: 'exportTable',
    group: 'window',
    keys: [['Ctrl', 'Shift', 'E']],
    bindings: [{ key: 'e', ctrl: true, shift: true }],
  },
  { action: 'search', group: 'window', keys: [['/'], ['Ctrl', 'F']], bindings: [plain('/'), ctrl('f')] },
  { action: 'create', group: 'window', keys: [['Ctrl', 'N']], bindings: [ctrl('n')] },
  { action: 'refresh', group: 'window', keys: [['Ctrl', 'R']], bindings: [ctrl('r')] },
  { action: 'help', group: 'window', keys: [['Ctrl', '/']], bindings: [ctrl('/')] },
  {
    action: 'nextPane',
    group: 'window',
    keys: [['F6']],
    bindings: [{ key: 'F6', ctrl: false, shift: false }],
  },
  {
    action: 'previousPane',
    group: 'window',
    keys: [['Shift', 'F6']],
    bindings: [{ key: 'F6', ctrl: false, shift: true }],
  },
  { action: 'settings', group: 'window', keys: [['Ctrl', ',']], bindings: [ctrl(',')] },
  { action: 'zoomIn', group: 'window', keys: [['Ctrl', '+']], bindings: [] },
  { action: 'zoomOut', group: 'window', keys: [['Ctrl', '−']], bindings: [] },
  { action: 'zoomReset', group: 'window', keys: [['Ctrl', '0']], bindings: [] },
  { action: 'escape', group: 'window', keys: [['Esc']], bindings: [plain('Escape')] },
]

const ACTIONS: readonly string[] = [
  'attention',
  'all',
  'files',
  'search',
  'create',
  'export',
  'exportTable',
  'copyKey',
  'remove',
  'refresh',
  'help',
  'settings',
  'nextPane',
  'previousPane',
  'escape',
] satisfies Action[]

/** Keys that type nothing. */
const NEVER_TYPED = ['F6', 'Escape']

/** What a key press means for the window. A key without Ctrl that types something means nothing in a field. */
export function actionOf(event: KeyboardEvent): Action | null {
  const held = event.ctrlKey || event.metaKey
  if (event.altKey) return null
  if (!held && isTyping(event.target) && !NEVER_TYPED.includes(event.key)) return null
  const found = SHORTCUTS.find(({ bindings }) =>
    bindings.some(
      ({ key, ctrl: needs, shift }) =>
        needs === held &&
        key.toLowerCase() === event.key.toLowerCase() &&
        (shift === undefined || shift === event.shiftKey),
    ),
  )
  return found && isAction(found.action) ? found.action : null
}

function isAction(action: string): action is Action {
  return ACTIONS.includes(action)
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable="true"]')
}
