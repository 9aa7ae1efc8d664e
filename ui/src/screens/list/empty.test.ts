import { screen, waitFor } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { openWindow } from '../../../tests/window'

test('an account without any license leads to the first one', async () => {
  const { user, calls } = await openWindow('empty-aica')
  expect((await screen.findByTestId('list-empty')).textContent).toContain('Ask the vendor for the first one')
  await user.click(await screen.findByTestId('step-no-license'))
  await user.click(await screen.findByTestId('step-open'))
  await waitFor(() => expect(calls('openStep')).toEqual([['openStep', null, 'aica', 'no-license']]))
})

test('what an empty list offers stays under the pointer while the list is asked for again', async () => {
  const { world, calls } = await openWindow('empty-aica')
  const offered = await screen.findByTestId('step-no-license')
  const before = calls('list').length
  world.tell({ kind: 'library-changed' })
  await waitFor(() => expect(calls('list').length).toBeGreaterThan(before))
  expect(screen.getByTestId('step-no-license')).toBe(offered)
})
