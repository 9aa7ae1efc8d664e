import { expect, test, vi } from 'vitest'
import type { Backend } from '$lib/ipc/backend'
import { account } from '$lib/ipc/fake/scenarios'
import type { AccountView } from '$lib/ipc/generated'
import { LocalStart } from './local.svelte'

/** A local portal that starts when it is told to. */
function slow() {
  const waiting: { up: (name: string) => void; fail: () => void }[] = []
  const backend = {
    connectLocal: vi.fn(
      () =>
        new Promise<AccountView>((made, failed) =>
          waiting.push({
            up: (name) => made(account(7, { name, address: 'local' })),
            fail: () => failed(new Error('no port is free')),
          }),
        ),
    ),
    removeAccount: vi.fn(async () => null),
  }
  return { backend, waiting, local: new LocalStart(backend as unknown as Backend) }
}

test('the account is what comes of it', async () => {
  const { local, waiting, backend } = slow()
  const started = local.start('try')
  expect(local.starting).toBe(true)
  waiting[0]?.up('try')
  expect((await started)?.id).toBe(7)
  expect(local.starting).toBe(false)
  expect(backend.removeAccount).not.toHaveBeenCalled()
})

test('one that is left answers at once, and what comes of it is taken back', async () => {
  const { local, waiting, backend } = slow()
  const started = local.start('try')
  local.stop()
  expect(await started).toBeNull()
  expect(local.starting).toBe(false)
  waiting[0]?.up('try')
  await vi.waitFor(() => expect(backend.removeAccount).toHaveBeenCalledWith(7, 'try'))
})

test('one that is wanted again is not started twice, and stays', async () => {
  const { local, waiting, backend } = slow()
  void local.start('try')
  local.stop()
  const again = local.start('try')
  expect(backend.connectLocal).toHaveBeenCalledOnce()
  waiting[0]?.up('try')
  expect((await again)?.name).toBe('try')
  expect(backend.removeAccount).not.toHaveBeenCalled()
})

test('a failure is told to whoever waits, and can be tried again', async () => {
  const { local, waiting, backend } = slow()
  const started = local.start('try')
  waiting[0]?.fail()
  await expect(started).rejects.toThrow('no port is free')
  void local.start('try')
  expect(backend.connectLocal).toHaveBeenCalledTimes(2)
})
