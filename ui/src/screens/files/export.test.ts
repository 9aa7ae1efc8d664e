/** Writing a license file from its dialog. */
import { screen, waitFor } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { openWindow } from '../../../tests/window'

test('an export asks for the list once', async () => {
  const { user, select, world, calls } = await openWindow()
  await select('L2')
  await user.click(screen.getByTestId('export-open'))
  await screen.findByTestId('export-preview')
  const tell = world.holdEvents()
  const [lists, counts] = [calls('list').length, calls('counts').length]
  await user.click(screen.getByTestId('export-write'))
  await screen.findByTestId('export-done')
  expect(calls('list')).toHaveLength(lists)
  tell()
  await waitFor(() => expect(calls('counts')).toHaveLength(counts + 1))
  expect(calls('list')).toHaveLength(lists + 1)
})
