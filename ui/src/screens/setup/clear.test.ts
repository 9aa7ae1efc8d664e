/** A login that would cross the network in the clear. */
import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'
import { clearHost } from '$lib/state/setup-login.svelte'

describe('an address', () => {
  test.each([
    ['http://portal.example', 'portal.example'],
    [' HTTP://10.0.0.7:8080/rpc ', '10.0.0.7:8080'],
    ['https://portal.example', null],
    ['http://localhost:8080', null],
    ['http://127.0.0.1:9', null],
    ['http://[::1]:9', null],
    ['local', null],
    ['http://', null],
  ])('%s', (address, host) => {
    expect(clearHost(address)).toBe(host)
  })
})

test('is pointed out before anything is sent, and mended with one click', async () => {
  const { user, calls } = await openWindow('setup')
  await user.click(await screen.findByTestId('setup-card-aidbox'))
  const url = await screen.findByTestId<HTMLInputElement>('setup-field-url')
  expect(screen.queryByTestId('clear-notice')).toBeNull()
  await user.clear(url)
  await user.type(url, 'http://portal.example')
  const notice = await screen.findByTestId('clear-notice')
  expect(notice.textContent).toContain('to portal.example in the clear')
  expect(notice.getAttribute('role')).toBe('status')
  expect(await violations(notice)).toEqual([])
  await user.click(screen.getByTestId('clear-mend'))
  await waitFor(() => expect(screen.queryByTestId('clear-notice')).toBeNull())
  expect(url.value).toBe('https://portal.example')
  expect(calls('testAccount')).toHaveLength(0)
})

test('is a notice: the login can be tested all the same', async () => {
  const { user, calls } = await openWindow('setup')
  await user.click(await screen.findByTestId('setup-card-aidbox'))
  const url = await screen.findByTestId<HTMLInputElement>('setup-field-url')
  await user.clear(url)
  await user.type(url, 'http://portal.example')
  await user.type(screen.getByTestId('setup-field-token'), 'a-token')
  await user.click(screen.getByTestId('setup-test'))
  await waitFor(() => expect(calls('testAccount')).toHaveLength(1))
})
