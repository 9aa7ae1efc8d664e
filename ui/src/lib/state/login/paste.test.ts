import { expect, onTestFinished, test, vi } from 'vitest'
import { fake } from '../../ipc/fake'
import { scenario } from '../../ipc/fake/scenarios'
import { REST_MS } from '../action/action.svelte'
import { Pasted } from './paste.svelte'

const KEY = '5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3'

function field(text = '') {
  const { backend, world } = fake(scenario('setup'))
  const pasted = new Pasted(backend)
  pasted.text = text
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const asked = () => world.calls.filter(([name]) => name === 'recognise')
  return { pasted, world, asked }
}

test('a burst of keys is looked at once', async () => {
  const { pasted, asked } = field()
  for (const key of KEY) {
    pasted.text += key
    pasted.typed()
  }
  await vi.advanceTimersByTimeAsync(REST_MS)
  expect(asked()).toEqual([['recognise', KEY]])
  expect(pasted.recognised.kind).toBe('key')
})

test('an empty field is recognised as nothing without asking', async () => {
  const { pasted, asked } = field('  ')
  expect(await pasted.look()).toEqual({ kind: 'nothing' })
  expect(asked()).toEqual([])
})

test('what is typed while it is looked at is no word of a vendor', async () => {
  const { pasted, world } = field('someword')
  const letGo = world.hold('recognise')
  const word = pasted.unknownWord()
  pasted.text = KEY
  pasted.typed()
  letGo()
  expect(await word).toBeNull()
})

test.each([
  ['taken out', (pasted: Pasted) => void pasted.take()],
  ['left', (pasted: Pasted) => pasted.leave()],
])('nothing is looked at once it is %s', async (_, since) => {
  const { pasted, asked } = field(KEY)
  pasted.typed()
  since(pasted)
  await vi.advanceTimersByTimeAsync(REST_MS)
  expect(asked()).toEqual([])
})
