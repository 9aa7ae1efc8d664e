/** What the dialog of a new license asks while its name is typed. */
import { screen, waitFor } from '@testing-library/svelte'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openWindow } from '../../../tests/window'
import { REST_MS } from '../../lib/state/action/action.svelte'

async function openCreate() {
  const window = await openWindow()
  await window.user.click(screen.getByTestId('create-open'))
  const name = await screen.findByTestId('create-name')
  await screen.findByTestId('create-type-dev')
  const asked = () => window.calls('sameName').map(([, , name]) => name)
  return { ...window, name, asked }
}

test('a typed name is looked for once, when the typing rests', async () => {
  const { user, name, asked } = await openCreate()
  await user.type(name, 'checkout-dev')
  await screen.findByTestId('create-same-name')
  expect(asked()).toEqual(['checkout-dev'])
})

test('a typed name is not looked for any more once the dialog is closed', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  onTestFinished(() => void vi.useRealTimers())
  const { user, name, asked } = await openCreate()
  await user.type(name, 'x')
  await user.click(screen.getByTestId('dialog-leave'))
  await vi.advanceTimersByTimeAsync(REST_MS)
  await waitFor(() => expect(screen.queryByTestId('create-dialog')).toBeNull())
  expect(asked()).toEqual([])
})
