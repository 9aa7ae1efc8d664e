import { screen, waitFor } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'

test('a leaked key is marked in list and detail, and succeeded by the one that is entered', async () => {
  const { user, select, calls } = await openWindow()
  await select('L3')
  await user.click(screen.getByTestId('detail-menu'))
  await user.click(screen.getByTestId('leaked-mark'))
  const notice = await screen.findByTestId('leaked-notice')
  expect(notice.textContent).toContain('Key leaked, marked')
  expect(await violations(notice)).toEqual([])
  await waitFor(() => expect(screen.getByTestId('row-L3').innerHTML).toContain('Leaked'))
  expect(screen.getByTestId('detail-expiry').textContent).toContain('Leaked')
  expect(screen.queryByTestId('step-leaked')).toBeNull()

  await user.click(screen.getByTestId('successor-open'))
  await user.type(await screen.findByTestId('successor-text'), 'A614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3')
  await user.click(screen.getByTestId('successor-submit'))
  await waitFor(() => expect(screen.queryByTestId('leaked-notice')).toBeNull())
  expect(calls('succeed')).toHaveLength(1)
})

test('the leaked key itself is no successor, and a mark can be taken back', async () => {
  const { user, select } = await openWindow('leaked')
  await select('L3')
  await user.click(await screen.findByTestId('successor-open'))
  await user.type(await screen.findByTestId('successor-text'), '5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3')
  await user.click(screen.getByTestId('successor-submit'))
  expect((await screen.findByTestId('successor-error')).textContent).toContain('leaked key')
  await user.keyboard('{Escape}')
  await user.click(screen.getByTestId('leaked-unmark'))
  await waitFor(() => expect(screen.queryByTestId('leaked-notice')).toBeNull())
})
