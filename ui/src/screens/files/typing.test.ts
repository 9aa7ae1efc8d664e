/** What the export dialog asks while a place is typed. */
import { screen, waitFor } from '@testing-library/svelte'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openWindow } from '../../../tests/window'
import { REST_MS } from '../../lib/state/action/action.svelte'

const isReady = () => !screen.getByTestId<HTMLButtonElement>('export-write').disabled

test('a typed place is previewed once, when the typing rests', async () => {
  const { user, calls, select } = await openWindow()
  await user.click(await select('L2'))
  const path = await screen.findByTestId<HTMLInputElement>('export-path')
  await waitFor(() => expect(isReady()).toBe(true))
  const [previews, plans] = [calls('previewExport').length, calls('gitPlan').length]
  await user.type(path, 'ironment')
  expect(isReady()).toBe(false)
  await waitFor(() => expect(isReady()).toBe(true))
  expect(calls('previewExport')).toHaveLength(previews + 1)
  await waitFor(() => expect(calls('gitPlan')).toHaveLength(plans + 1))
})

test('a typed place is not previewed any more once the dialog is closed', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  onTestFinished(() => void vi.useRealTimers())
  const { user, calls, select } = await openWindow()
  await user.click(await select('L2'))
  await waitFor(() => expect(isReady()).toBe(true))
  const previews = calls('previewExport').length
  await user.type(screen.getByTestId('export-path'), 'x')
  await user.click(screen.getByTestId('dialog-leave'))
  await vi.advanceTimersByTimeAsync(REST_MS)
  expect(screen.queryByTestId('export-dialog')).toBeNull()
  expect(calls('previewExport')).toHaveLength(previews)
})
