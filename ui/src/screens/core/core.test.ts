import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fake } from '$lib/ipc/fake'
import { AGAIN_AFTER_MS, Core } from './core.svelte'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function core() {
  const { backend, world } = fake()
  const asked = () => world.calls.filter(([name]) => name === 'core').length
  return { core: new Core(backend, 'L3'), asked, world }
}

test('it is asked again after each answer while somebody looks, and not once nobody does', async () => {
  const { core: line, asked } = core()
  line.watch(true)
  line.watch(true)
  await vi.advanceTimersByTimeAsync(1)
  expect(asked()).toBe(1)
  expect(line.view?.state.kind).toBe('reported')
  await vi.advanceTimersByTimeAsync(AGAIN_AFTER_MS)
  expect(asked()).toBe(2)
  line.watch(false)
  await vi.advanceTimersByTimeAsync(AGAIN_AFTER_MS * 4)
  expect(asked()).toBe(2)
  line.watch(true)
  await vi.advanceTimersByTimeAsync(1)
  expect(asked()).toBe(3)
  line.watch(false)
})

test('what fails is told, and it is asked again all the same', async () => {
  const { core: line, asked, world } = core()
  world.scene.fail.core = { code: 'url-invalid', args: {}, detail: null }
  line.watch(true)
  await vi.advanceTimersByTimeAsync(1)
  expect(line.error?.code).toBe('url-invalid')
  delete world.scene.fail.core
  await vi.advanceTimersByTimeAsync(AGAIN_AFTER_MS)
  expect(asked()).toBe(2)
  expect(line.error).toBeNull()
  expect(line.view?.state.kind).toBe('reported')
  line.watch(false)
})
