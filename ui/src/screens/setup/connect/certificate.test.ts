import { screen, waitFor } from '@testing-library/svelte'
import { expect, test, vi } from 'vitest'
import { violations } from '../../../../tests/axe'
import { at, KEY, openSetup } from '../wizard'

const CERTIFICATE = '-----BEGIN LICENSE FILE-----\nZW5j\n-----END LICENSE FILE-----'

/** The dialog that asks for the key of a pasted certificate. */
async function asked() {
  const window = await openSetup()
  const { paste, press } = window
  await paste('setup-paste', CERTIFICATE)
  await waitFor(() =>
    expect(screen.getByTestId('setup-recognised').textContent).toContain('License certificate'),
  )
  await press('setup-next')
  await at('connect')
  await press('setup-next')
  const list = await screen.findByTestId('setup-keys')
  await waitFor(() => expect(list.textContent).toContain('The certificate is encrypted.'))
  await press('setup-key-give')
  return window
}

test('a pasted certificate that is encrypted asks for its key, and is imported with it', async () => {
  const { paste, press, calls } = await asked()
  expect(screen.getByTestId('certificate-dialog').textContent).toContain('What was pasted')
  expect(await violations()).toEqual([])
  await paste('certificate-key', KEY)
  await press('certificate-import')
  await waitFor(() => expect(screen.queryByTestId('certificate-dialog')).toBeNull())
  expect(screen.getByTestId('setup-keys').textContent).toContain('imported: cell-07')
  const source = { kind: 'text', text: CERTIFICATE }
  expect(calls('importCertificate')).toEqual([['importCertificate', source, KEY, null]])
})

test('a certificate whose dialog was left is settled once the answer comes', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  const { paste, press, world } = await asked()
  await paste('certificate-key', KEY)
  const letGo = world.hold('importCertificate')
  await press('certificate-import')
  await vi.advanceTimersByTimeAsync(2_000)
  await press('dialog-leave')
  letGo()
  await waitFor(() => expect(screen.getByTestId('setup-keys').textContent).toContain('imported: cell-07'))
  expect(screen.queryByTestId('toast')).toBeNull()
})
