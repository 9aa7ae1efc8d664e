import { expect, test } from 'vitest'
import { actionOf } from './shortcuts'

function press(key: string, held: Partial<KeyboardEventInit> = {}, target: HTMLElement = document.body) {
  let action: string | null = null
  const listen = (event: KeyboardEvent) => (action = actionOf(event))
  document.body.append(target === document.body ? '' : target)
  target.addEventListener('keydown', listen, { once: true })
  target.dispatchEvent(new KeyboardEvent('keydown', { key, ...held }))
  return action
}

test.each([
  ['n', { ctrlKey: true }, 'create'],
  ['N', { metaKey: true }, 'create'],
  ['e', { ctrlKey: true }, 'export'],
  ['r', { ctrlKey: true }, 'refresh'],
  ['f', { ctrlKey: true }, 'search'],
  ['/', {}, 'search'],
  ['/', { ctrlKey: true }, 'help'],
  ['Delete', {}, 'remove'],
])('%s %j means %s', (key, held, action) => {
  expect(press(key, held)).toBe(action)
})

test('while something is typed, keys are letters', () => {
  const input = document.createElement('input')
  expect(press('/', {}, input)).toBeNull()
  expect(press('Delete', {}, input)).toBeNull()
  expect(press('n', { ctrlKey: true }, input)).toBe('create')
})

test('other keys mean nothing', () => {
  expect(press('n')).toBeNull()
  expect(press('x', { ctrlKey: true })).toBeNull()
  expect(press('n', { ctrlKey: true, altKey: true })).toBeNull()
})
