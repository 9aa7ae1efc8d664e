import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fake, SYSTEM_KEY } from '../../ipc/fake'
import { scenario } from '../../ipc/fake/scenarios'
import { Detail } from './detail.svelte'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

async function bareKey() {
  const { backend, world } = fake(scenario('three'))
  const detail = new Detail(backend)
  await detail.show('L3')
  return { detail, world }
}

test('a revealed key hides by itself after 30 seconds', async () => {
  const { detail } = await bareKey()
  await detail.reveal()
  expect(detail.revealed).toBe(SYSTEM_KEY)
  vi.advanceTimersByTime(29_000)
  expect(detail.secondsLeft).toBe(1)
  vi.advanceTimersByTime(1_000)
  expect(detail.revealed).toBeNull()
})

test('a revealed key hides when another license is shown', async () => {
  const { detail } = await bareKey()
  await detail.reveal()
  await detail.show('L1')
  expect(detail.revealed).toBeNull()
})

test('a copied key counts down until the clipboard is cleared', async () => {
  const { detail } = await bareKey()
  expect(await detail.copy()).toBe(10)
  expect(detail.copiedFor).toBe(10)
  vi.advanceTimersByTime(10_000)
  expect(detail.copiedFor).toBe(0)
})

test('a repaired file is up to date without asking for everything again', async () => {
  const { detail, world } = await bareKey()
  const file = detail.view?.files[0]
  expect(file?.state).toBe('missing')
  await detail.repair(file?.id ?? 0)
  expect(detail.view?.files[0]?.state).toBe('up-to-date')
  expect(world.calls.filter(([name]) => name === 'detail')).toHaveLength(1)
})

test('a license that is gone says so', async () => {
  const { detail } = await bareKey()
  await detail.show('L404')
  expect(detail.view).toBeNull()
  expect(detail.error?.code).toBe('license-not-found')
})

test('details that are asked for twice are waited for until the last answer', async () => {
  const { backend } = fake(scenario('three'))
  const answers: (() => void)[] = []
  const held = {
    ...backend,
    detail: async (license: string) => {
      await new Promise<void>((resolve) => answers.push(resolve))
      return backend.detail(license)
    },
  }
  const detail = new Detail(held)
  const shown = detail.of('L2')
  void detail.again()
  answers[0]?.()
  await vi.advanceTimersByTimeAsync(1)
  answers[1]?.()
  expect((await shown)?.row.id).toBe('L2')
})
