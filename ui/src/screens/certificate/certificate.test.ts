import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { openWindow } from '../../../tests/window'
import { SYSTEM_KEY } from '$lib/ipc/fake'

async function openCheckOut(change = {}) {
  const window = await openWindow('session', change)
  await window.select('L1')
  await window.unfold('certificate')
  await window.user.click(await screen.findByTestId('certificate-check-out'))
  return window
}

describe('a certificate', () => {
  test('is checked out as asked, shows what it certifies, and is written to a file', async () => {
    const { user, calls } = await openCheckOut()
    expect(screen.getByTestId('export-dialog').textContent).toContain(
      'Create an offline certificate of “cell”',
    )
    expect(screen.queryByTestId('export-path')).toBeNull()
    await user.click(screen.getByTestId('check-out-ttl-604800'))
    expect(await violations()).toEqual([])
    await user.click(screen.getByTestId('check-out-submit'))
    const seen = await screen.findByTestId('certificate')
    expect(seen.textContent).toContain('Motion control')
    expect(seen.textContent).toContain('with its license key alone')
    expect(screen.getByTestId('certificate-verified').textContent).toContain('Verified')
    const terms = { ttlSeconds: 604_800, entitlements: true, encrypted: true }
    expect(calls('checkOut')).toEqual([['checkOut', 'L1', terms]])
    expect(screen.queryByTestId('export-keep')).toBeNull()
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('export-write').disabled).toBe(false))
    await user.click(screen.getByTestId('export-write'))
    expect(await screen.findByTestId('export-close')).toBeTruthy()
    expect(calls('writeExport')[0]?.[1]).toMatchObject({ format: 'certificate', keep: false })
  })

  test('that its vendor refuses says why, and the terms stay', async () => {
    const error = {
      code: 'vendor-signature-bad',
      args: { account: 'plant', what: 'signature' },
      detail: null,
    }
    const { user } = await openCheckOut({ fail: { checkOut: error } })
    await user.click(screen.getByTestId('check-out-encrypted'))
    await user.click(screen.getByTestId('check-out-submit'))
    expect((await screen.findByTestId('check-out-error')).textContent).toContain('not signed')
    expect(screen.getByTestId<HTMLInputElement>('check-out-encrypted').checked).toBe(false)
  })

  test('that is dropped and encrypted asks for its license key, and says what is wrong with the one given', async () => {
    const { user, world, calls } = await openWindow('session')
    world.tell({ kind: 'paths-given', paths: ['/media/robot/cell.lic'] })
    const dialog = await screen.findByTestId('certificate-dialog')
    expect(dialog.textContent).toContain('/media/robot/cell.lic is a license certificate')
    expect(dialog.textContent).toContain('The certificate is encrypted.')
    expect(await violations()).toEqual([])
    await user.type(screen.getByTestId('certificate-key'), '000000-000000-000000-000000-000000-V3')
    await user.click(screen.getByTestId('certificate-import'))
    await waitFor(() => expect(dialog.textContent).toContain('encrypted for another license'))
    await user.clear(screen.getByTestId('certificate-key'))
    await user.type(screen.getByTestId('certificate-key'), SYSTEM_KEY)
    await user.type(screen.getByTestId('certificate-issuer'), 'abc')
    await user.click(screen.getByTestId('certificate-import'))
    await waitFor(() => expect(dialog.textContent).toContain('no Ed25519 public key'))
    await user.clear(screen.getByTestId('certificate-issuer'))
    await user.click(screen.getByTestId('certificate-import'))
    await waitFor(() => expect(screen.queryByTestId('certificate-dialog')).toBeNull())
    const source = { kind: 'file', path: '/media/robot/cell.lic' }
    expect(calls('importCertificate').at(-1)).toEqual(['importCertificate', source, SYSTEM_KEY, null])
  })
})
