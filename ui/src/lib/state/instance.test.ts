import { expect, onTestFinished, test, vi } from 'vitest'
import { fake } from '../ipc/fake'
import { scenario } from '../ipc/fake/scenarios'
import { REST_MS } from './action/action.svelte'
import { Instance } from './instance.svelte'

const INSTANCE = 4

async function typing(text: string) {
  const { backend, world } = fake(scenario('instance'))
  const instance = new Instance(backend, INSTANCE)
  await instance.again()
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  for (const key of text) {
    instance.text += key
    instance.typed()
    expect(instance.looking).toBe(true)
  }
  const called = (name: string) => world.calls.filter(([method]) => method === name)
  return { instance, world, called }
}

test('a burst of keys checks the token once', async () => {
  const { instance, called } = await typing('torn')
  await vi.advanceTimersByTimeAsync(REST_MS)
  const source = { kind: 'text', text: 'torn' }
  expect(called('preflightToken')).toEqual([['preflightToken', INSTANCE, source]])
  expect(instance.looking).toBe(false)
  expect(instance.preview).not.toBeNull()
})

test('a token is not applied before it is checked as it is typed', async () => {
  const { instance, called } = await typing('torn')
  await instance.apply(true)
  expect(called('applyToken')).toEqual([])
})

test('what waits for typing to rest is dropped with the screen', async () => {
  const { instance, called } = await typing('torn')
  instance.leave()
  await vi.advanceTimersByTimeAsync(REST_MS)
  expect(called('preflightToken')).toEqual([])
  expect(instance.looking).toBe(false)
})

test('it is dropped also while a change is being made', async () => {
  const { instance, world, called } = await typing('torn')
  const letGo = world.hold('renewToken')
  const renewing = instance.renew()
  instance.leave()
  await vi.advanceTimersByTimeAsync(REST_MS)
  letGo()
  await renewing
  expect(called('preflightToken')).toEqual([])
})
