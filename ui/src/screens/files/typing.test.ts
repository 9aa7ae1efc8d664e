/** What the export dialog asks while a place is typed. */
import { screen, waitFor } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { openWindow } from '../../../tests/window'

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
