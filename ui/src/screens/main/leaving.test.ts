/** Writing that takes long goes on without its dialog. */
import { screen, waitFor } from '@testing-library/svelte'
import { expect, test, vi } from 'vitest'
import { openWindow } from '../../../tests/window'

// The two seconds after which it can be left, on a busy computer.
vi.setConfig({ testTimeout: 20_000 })

/** An export whose writing takes until it is let go. */
async function writing() {
  const window = await openWindow()
  await window.select('L1')
  await window.user.click(screen.getByTestId('export-open'))
  const write = await screen.findByTestId<HTMLButtonElement>('export-write')
  await waitFor(() => expect(write.disabled).toBe(false))
  window.world.scene.delayMs = 2_400
  await window.user.click(write)
  window.world.scene.delayMs = 0
  return window
}

const leave = () => screen.getByTestId<HTMLButtonElement>('dialog-leave')

test('a file that takes long to write can be left to itself, and its end is told', async () => {
  const { user } = await writing()
  expect(leave().disabled).toBe(true)
  await waitFor(() => expect(leave().disabled).toBe(false), { timeout: 8_000 })
  await user.click(leave())
  expect(screen.queryByTestId('export-dialog')).toBeNull()
  await waitFor(() => expect(screen.getByTestId('toast').textContent).toContain('.env is written'), {
    timeout: 8_000,
  })
})

test('so is its failure', async () => {
  const { user, world } = await writing()
  world.scene.fail.writeExport = { code: 'file-disk-full', args: { path: '/home/ada/.env' }, detail: null }
  await waitFor(() => expect(leave().disabled).toBe(false), { timeout: 8_000 })
  await user.click(leave())
  await waitFor(() => expect(screen.getByTestId('toast').textContent).toContain('no room left'), {
    timeout: 8_000,
  })
})
