/** Running an instance from a compose folder, and finishing a license on its vendor's own page. */
import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { openWindow } from '../../../tests/window'
import { arrives } from '../../lib/ipc/fake/run'

const button = (testid: string) => screen.getByTestId<HTMLButtonElement>(testid)
const text = (testid: string) => screen.getByTestId(testid).textContent

async function openRun() {
  const window = await openWindow()
  await window.select('L1')
  await window.user.click(screen.getByTestId('detail-menu'))
  await window.user.click(screen.getByTestId('run-open'))
  await screen.findByTestId('run-dialog')
  const folder = screen.getByTestId<HTMLInputElement>('run-folder')
  expect(folder.value, 'where its .env is already').toBe('/home/ada/projects/checkout-dev')
  await window.user.clear(folder)
  return window
}

describe('running an instance from a folder', () => {
  test('writes its .env and says what comes next', async () => {
    const { user, calls } = await openRun()
    expect(button('run-write').disabled).toBe(true)
    await user.click(screen.getByTestId('run-browse'))
    await waitFor(() => expect(text('run-preview')).toContain('BOX_LICENSE='))
    expect(text('run-compose')).toContain('/home/ada/box/compose.yaml')
    expect(screen.queryByTestId('run-git-warning')).toBeNull()
    await user.click(button('run-write'))
    expect((await screen.findByTestId('export-done')).textContent).toContain('/home/ada/box/.env')
    expect(calls('runHere')).toEqual([['runHere', 'L1', '/home/ada/box', true]])
    await user.click(screen.getByTestId('run-close'))
    expect(screen.queryByTestId('run-dialog')).toBeNull()
  })

  test('another license’s .env is written over only with the user’s consent', async () => {
    const { user, world, calls } = await openRun()
    const [one] = world.files.get('L1') ?? []
    if (!one) throw new Error('L1 has a file')
    world.files.set('L2', [{ ...one, id: 20, path: '/home/ada/box/.env' }])
    await user.click(screen.getByTestId('run-browse'))
    await screen.findByTestId('export-replaces')
    await user.type(screen.getByTestId('run-folder'), '{Enter}')
    expect(calls('runHere')).toEqual([])
    await user.click(screen.getByTestId('export-replace'))
    await user.click(button('run-write'))
    await screen.findByTestId('export-done')
  })

  test.each([
    ['would-be-committed', 'would commit'],
    ['tracked', 'in the repository already'],
    ['unknown', 'did not say'],
  ])('warns where git says: %s', async (word, told) => {
    const { user } = await openRun()
    await user.type(screen.getByTestId('run-folder'), `/srv/${word}`)
    await waitFor(() => expect(text('run-git-warning')).toContain(told))
    expect(text('run-compose')).toContain('no compose file')
    expect(button('run-write').disabled).toBe(false)
  })

  test('looks once where the typing rests', async () => {
    const { user, calls } = await openRun()
    const before = calls('runPlan').length
    await user.type(screen.getByTestId('run-folder'), '/home/ada/box')
    expect(button('run-write').disabled).toBe(true)
    await waitFor(() => expect(text('run-compose')).toContain('/home/ada/box/compose.yaml'))
    expect(calls('runPlan').slice(before)).toEqual([['runPlan', 'L1', '/home/ada/box']])
  })

  test('a folder that is not there says so at the field', async () => {
    const { user } = await openRun()
    await user.type(screen.getByTestId('run-folder'), '/nowhere')
    await waitFor(() => expect(screen.getByTestId('run-folder').getAttribute('aria-invalid')).toBe('true'))
    expect(button('run-write').disabled).toBe(true)
  })

  test('of a folder that cannot be written into nothing is said about git', async () => {
    const { user } = await openRun()
    await user.type(screen.getByTestId('run-folder'), '/nowhere/unknown')
    await waitFor(() => expect(screen.getByTestId('run-folder').getAttribute('aria-invalid')).toBe('true'))
    expect(screen.queryByTestId('run-git-warning')).toBeNull()
    expect(screen.queryByTestId('run-git-backup-warning')).toBeNull()
  })

  test('is offered as soon as a license was created', async () => {
    const { user } = await openWindow()
    await user.click(screen.getByTestId('create-open'))
    await user.type(await screen.findByTestId('create-name'), 'fresh')
    await user.click(button('create-submit'))
    await user.click(await screen.findByTestId('toast-act'))
    expect((await screen.findByTestId('run-dialog')).textContent).toContain('fresh')
  })

  test('is not offered for a license that no .env is written of', async () => {
    const { user, select } = await openWindow()
    await select('L3')
    await user.click(screen.getByTestId('detail-menu'))
    expect(screen.queryByTestId('run-open')).toBeNull()
  })
})

describe('the deprecated name of the variable', () => {
  test('is written on request', async () => {
    const { user, select, calls } = await openWindow()
    await user.click(await select('L1'))
    await user.click(await screen.findByTestId('export-old-name'))
    await waitFor(() => expect(text('export-preview')).toContain('AIDBOX_LICENSE='))
    expect(screen.queryByTestId('export-format-env-aidbox-license')).toBeNull()
    await user.click(button('export-write'))
    await screen.findByTestId('export-done')
    expect(calls('writeExport')[0]?.[1]).toMatchObject({ format: 'env-aidbox-license' })
  })
})

describe('finishing a license on the vendor’s page', () => {
  async function openVendorPage() {
    const window = await openWindow()
    await window.user.click(screen.getByTestId('create-open'))
    await window.user.click(await screen.findByTestId('by-hand-open'))
    await screen.findByTestId('by-hand-watching')
    return window
  }

  test('shows the steps and selects what arrives', async () => {
    const { user, world } = await openVendorPage()
    expect(text('by-hand-steps')).toContain('Click Create')
    arrives(world, 1, 'by hand')
    expect((await screen.findByTestId('by-hand-arrived')).textContent).toContain('by hand')
    await waitFor(() => expect(text('detail-name')).toBe('by hand'))
    await user.click(screen.getByTestId('by-hand-run'))
    expect((await screen.findByTestId('run-dialog')).textContent).toContain('by hand')
  })

  test('stops at will', async () => {
    const { user, calls } = await openVendorPage()
    await user.click(screen.getByTestId('by-hand-stop'))
    expect(screen.queryByTestId('by-hand-dialog')).toBeNull()
    await waitFor(() => expect(calls('stopWatching')).toHaveLength(1))
  })

  test('says what arrived also where the list cannot be asked for it', async () => {
    const { world } = await openVendorPage()
    world.scene.fail.place = { code: 'library-busy', args: {}, detail: null }
    arrives(world, 1, 'by hand')
    await screen.findByTestId('by-hand-arrived')
    expect((await screen.findByTestId('toast')).textContent).not.toBe('')
  })

  test('ends with the reason where waiting on is no use', async () => {
    const { world } = await openVendorPage()
    const problem = { code: 'vendor-unauthorized', args: { account: 'Northwind' }, detail: null }
    world.tell({ kind: 'arrived', account: 1, license: null, problem })
    await screen.findByTestId('by-hand-error')
    expect(screen.queryByTestId('by-hand-watching')).toBeNull()
    await screen.findByTestId('by-hand-again')
  })

  test('looks again after nothing came', async () => {
    const { user, world, calls } = await openVendorPage()
    world.tell({ kind: 'arrived', account: 1, license: null, problem: null })
    await screen.findByTestId('by-hand-over')
    await user.click(screen.getByTestId('by-hand-again'))
    await screen.findByTestId('by-hand-watching')
    expect(calls('finishOnVendorPage')).toHaveLength(2)
  })
})
