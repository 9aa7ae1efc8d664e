/** Writing that takes long goes on without its dialog. */
import { screen, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openWindow } from '../../../tests/window'

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => void vi.useRealTimers())

/** An export whose writing takes until it is let go. */
async function writing() {
  const window = await openWindow()
  await window.select('L1')
  await window.user.click(screen.getByTestId('export-open'))
  const write = await screen.findByTestId<HTMLButtonElement>('export-write')
  await waitFor(() => expect(write.disabled).toBe(false))
  const letGo = window.world.hold('writeExport')
  await window.user.click(write)
  return { ...window, letGo }
}

/** The time after which it can be left. */
const long = () => vi.advanceTimersByTimeAsync(2_000)

const leave = () => screen.getByTestId<HTMLButtonElement>('dialog-leave')

test('a file that takes long to write can be left to itself, and its end is told', async () => {
  const { user, letGo } = await writing()
  expect(leave().disabled).toBe(true)
  await long()
  expect(leave().disabled).toBe(false)
  await user.click(leave())
  expect(screen.queryByTestId('export-dialog')).toBeNull()
  expect(screen.queryByTestId('toast')).toBeNull()
  letGo()
  expect((await screen.findByTestId('toast')).textContent).toContain('.env is written')
})

test('so is its failure', async () => {
  const { user, world, letGo } = await writing()
  world.scene.fail.writeExport = { code: 'file-disk-full', args: { path: '/home/ada/.env' }, detail: null }
  await long()
  await user.click(leave())
  letGo()
  expect((await screen.findByTestId('toast')).textContent).toContain('no room left')
})
