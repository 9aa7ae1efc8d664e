/** A login that would cross the network in the clear. */
import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../../tests/axe'
import { openWindow } from '../../../../tests/window'
import type { ConnectRequest } from '$lib/ipc/generated'
import { clearHost } from '$lib/state/login/login.svelte'

describe('an address', () => {
  test.each([
    ['http://portal.example', 'portal.example'],
    [' HTTP://10.0.0.7:8080/rpc ', '10.0.0.7:8080'],
    ['https://portal.example', null],
    ['http://localhost:8080', null],
    ['http://portal.localhost:8080', null],
    ['http://localhost.example', 'localhost.example'],
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
  expect(notice.textContent).toContain('your login is sent to portal.example unencrypted')
  expect(notice.getAttribute('role')).toBe('status')
  expect(await violations(notice)).toEqual([])
  await user.click(screen.getByTestId('clear-mend'))
  await waitFor(() => expect(screen.queryByTestId('clear-notice')).toBeNull())
  expect(url.value).toBe('https://portal.example')
  expect(calls('testAccount')).toHaveLength(0)
})

/** The wizard with a token for an address that was typed. */
async function typed(address: string) {
  const { user, calls } = await openWindow('setup')
  await user.click(await screen.findByTestId('setup-card-aidbox'))
  const url = await screen.findByTestId<HTMLInputElement>('setup-field-url')
  const enter = async (text: string) => {
    await user.clear(url)
    await user.type(url, text)
  }
  await enter(address)
  await user.type(screen.getByTestId('setup-field-token'), 'a-token')
  const test = () => user.click(screen.getByTestId('setup-next'))
  const sent = () => calls('testAccount').map(([, request]) => (request as ConnectRequest).fields)
  return { user, enter, test, sent }
}

test('a login is sent in the clear only once that is allowed', async () => {
  const { user, test, sent } = await typed('http://portal.example')
  await test()
  expect((await screen.findByTestId('setup-test-bad')).textContent).toContain('portal.example unencrypted')
  await user.click(screen.getByTestId('clear-allow'))
  expect(await violations(screen.getByTestId('clear-notice'))).toEqual([])
  await test()
  await screen.findByTestId('setup-step-file')
  expect(sent()).toEqual([
    { url: 'http://portal.example' },
    { url: 'http://portal.example', 'allow-http': 'yes' },
  ])
})

test('permission for http:// ends when the address changes', async () => {
  const { user, enter, test, sent } = await typed('http://portal.example')
  await user.click(screen.getByTestId('clear-allow'))
  await enter('http://other.example')
  expect(screen.getByTestId<HTMLInputElement>('clear-allow').checked).toBe(false)
  await enter('https://portal.example')
  await test()
  await waitFor(() => expect(sent()).toEqual([{ url: 'https://portal.example' }]))
})

test('a redirect to https is shown and needs no permission', async () => {
  const { test } = await typed('http://secure.example')
  await test()
  await screen.findByTestId('setup-step-file')
  expect(screen.queryByTestId('setup-test-bad')).toBeNull()
})

test('a redirect to another host asks to confirm that host', async () => {
  const { user, test, sent } = await typed('https://moved.example')
  expect(screen.queryByTestId('setup-confirm-host')).toBeNull()
  await test()
  const confirm = await screen.findByTestId('setup-confirm-host')
  expect(document.body.textContent).toContain('from moved.example to new.example')
  await user.type(confirm, 'new.example')
  expect(document.body.textContent).toContain('redirects to new.example. If this is the right host, type it.')
  await test()
  await screen.findByTestId('setup-step-file')
  expect(sent().at(-1)).toEqual({ url: 'https://moved.example', 'confirm-host': 'new.example' })
})
