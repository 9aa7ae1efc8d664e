import { expect, onTestFinished, test, vi } from 'vitest'
import { fake } from '$lib/ipc/fake'
import { scenario } from '$lib/ipc/fake/scenarios'
import { REST_MS } from '$lib/state/action/action.svelte'
import { LicenseFile } from './file.svelte'

async function searching() {
  const { backend, world } = fake(scenario('three'))
  const file = new LicenseFile(backend)
  await file.load(1, 'L1')
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const asked = () => world.calls.filter(([name]) => name === 'list').length
  for (const key of 'clinic') {
    file.search += key
    file.typed()
  }
  return { file, world, asked }
}

test('a burst of keys searches once', async () => {
  const { file, asked } = await searching()
  expect(asked()).toBe(1)
  await vi.advanceTimersByTimeAsync(REST_MS)
  expect(asked()).toBe(2)
  expect(file.rows.map(({ label }) => label)).toEqual(['clinic-production'])
})

test('a search that is refused says so, until another one succeeds', async () => {
  const { file, world } = await searching()
  world.scene.fail.list = { code: 'library-busy', args: {}, detail: null }
  await vi.advanceTimersByTimeAsync(REST_MS)
  expect(file.error?.code).toBe('library-busy')
  delete world.scene.fail.list
  file.typed()
  await vi.advanceTimersByTimeAsync(REST_MS)
  expect(file.error).toBeNull()
})

test('what waits for typing to rest is dropped with the wizard', async () => {
  const { file, asked } = await searching()
  file.leave()
  await vi.advanceTimersByTimeAsync(REST_MS)
  expect(asked()).toBe(1)
})
