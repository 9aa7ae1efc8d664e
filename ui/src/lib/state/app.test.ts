import { expect, test, vi } from 'vitest'
import { fake } from '../ipc/fake'
import { scenario } from '../ipc/fake/scenarios'
import { App } from './app.svelte'

async function opened(name = 'three') {
  const { backend, world } = fake(scenario(name))
  const app = new App(backend)
  await app.open()
  return { app, world }
}

test('the first paint needs one answer', async () => {
  const { app, world } = await opened('many')
  expect(world.calls.map(([name]) => name)).toEqual(['opening'])
  expect(app.list.total).toBe(10_000)
  expect(app.list.row(0)).toBeDefined()
})

test('what is told while the first paint is on its way is not lost', async () => {
  const [account] = (await opened()).app.accounts.all
  const { backend } = fake(scenario('three'))
  const app = new App(backend)
  const opening = app.open()
  if (account) {
    const state = { kind: 'refreshing' as const, done: 0, total: null }
    await app.hear({ kind: 'account-changed', account: { ...account, state } })
  }
  await opening
  expect(app.accounts.all[0]?.state.kind).toBe('refreshing')
})

test('many changes in a row are asked for twice, not each time', async () => {
  const { app, world } = await opened()
  await Promise.all(Array.from({ length: 50 }, () => app.hear({ kind: 'library-changed' })))
  expect(world.calls.filter(([name]) => name === 'counts')).toHaveLength(2)
})

test('a settings file that an editor changed applies, and the next change keeps it', async () => {
  const { app, world } = await opened()
  const edited = { ...app.settings.view, expiresSoonDays: 90 }
  const counted = () => world.calls.filter(([name]) => name === 'counts').length
  const before = counted()
  await app.hear({ kind: 'settings-changed', settings: edited, problems: [] })
  expect(app.settings.view.expiresSoonDays).toBe(90)
  expect(counted()).toBeGreaterThan(before)
  await app.settings.change({ density: 'compact' })
  expect(world.settings).toMatchObject({ expiresSoonDays: 90, density: 'compact' })
})

test('news of the settings does not undo a change that is on its way', async () => {
  const { app } = await opened()
  const before = app.settings.view
  const changing = app.settings.change({ density: 'compact' })
  await app.hear({ kind: 'settings-changed', settings: before, problems: [] })
  expect(app.settings.view.density).toBe('compact')
  await changing
  expect(app.settings.view.density).toBe('compact')
})

test('news of an account shows with its license, once it is known', async () => {
  const { app, world } = await opened()
  await app.select('L1')
  const account = app.accounts.find(app.detail.view?.row.accountId ?? null)
  if (!account) throw new Error('no account')
  const asked = () => world.calls.filter(([name]) => name === 'detail').length
  const before = asked()
  const state = { kind: 'refreshing' as const, done: 0, total: null }
  await app.hear({ kind: 'account-changed', account: { ...account, state } })
  expect(asked()).toBe(before)
  await app.hear({ kind: 'account-changed', account })
  expect(asked()).toBe(before + 1)
})

test('selecting a license that the view hides shows all licenses', async () => {
  const { app } = await opened()
  await app.list.ask({ view: 'expired' })
  await app.select('L2')
  expect(app.list.query.view).toBe('all')
  expect(app.selection.only).toBe('L2')
  expect(app.detail.view?.row.label).toBe('clinic-production')
})

test('what is chosen while an earlier choice is still looked up stays', async () => {
  const { app } = await opened()
  const looking = app.select('L1')
  app.selection.choose('L2', 1)
  await looking
  expect(app.selection.only).toBe('L2')
})

test('what is chosen while the list is read again after an import stays', async () => {
  const { app } = await opened()
  const announcing = app.announce([
    { source: 'cell.toml', license: 'L1', known: false, label: 'cell', error: null },
  ])
  app.selection.choose('L2', 1)
  await announcing
  expect(app.selection.only).toBe('L2')
})

test('a license that arrives is not selected over what was chosen since', async () => {
  const { app } = await opened()
  const hearing = app.hear({ kind: 'arrived', account: 1, license: 'L1', problem: null })
  app.selection.choose('L2', 1)
  await hearing
  expect(app.selection.only).toBe('L2')
})

test('while the wizard is open, dropped files are the wizard’s', async () => {
  const { app, world } = await opened('setup')
  await app.hear({ kind: 'paths-given', paths: ['/home/ada/aica-license.toml'] })
  expect(app.givenPaths).toEqual(['/home/ada/aica-license.toml'])
  expect(world.calls.some(([name]) => name === 'importPaths')).toBe(false)
})

test('files that are given one after the other are all the wizard’s', async () => {
  const { app } = await opened('setup')
  await app.hear({ kind: 'paths-given', paths: ['/home/ada/one.toml'] })
  await app.hear({ kind: 'paths-given', paths: ['/home/ada/other.toml'] })
  expect(app.givenPaths).toEqual(['/home/ada/one.toml', '/home/ada/other.toml'])
})

test('the program is asked for nothing before it is listened to', async () => {
  const { backend, world } = fake(scenario('three'))
  let listened: (stop: () => void) => void = () => {}
  const listening = new Promise<() => void>((resolve) => (listened = resolve))
  const app = new App({ ...backend, listen: () => listening })
  app.start()
  expect(world.calls).toEqual([])
  listened(() => {})
  await vi.waitFor(() => expect(app.phase).toBe('ready'))
})

test('a window that hears nothing says so', async () => {
  const { backend } = fake(scenario('three'))
  const app = new App({ ...backend, listen: () => Promise.reject(new Error('no channel')) })
  app.start()
  await vi.waitFor(() => expect(app.phase).toBe('failed'))
})

test('a library that cannot be opened says so and can be tried again', async () => {
  const { app, world } = await opened('broken')
  expect(app.phase).toBe('failed')
  expect(app.failure?.code).toBe('library-newer')
  world.scene.fail = {}
  await app.open()
  expect(app.phase).toBe('ready')
})

test('an unlocked vault makes the shown key readable', async () => {
  const { app, world } = await opened('locked')
  await app.select('L1')
  expect(app.detail.view?.key.place).toBe('locked')
  world.scene.vault = { state: 'unlocked', keyring: 'ready' }
  await app.hear({ kind: 'vault-changed', vault: world.scene.vault })
  expect(app.vault.locked).toBe(false)
  expect(app.detail.view?.key.place).toBe('kept')
})

test('a setting that cannot be kept goes back, and the window with it', async () => {
  const { app, world } = await opened()
  world.scene.fail.changeSettings = { code: 'library-read-only', args: {}, detail: null }
  await expect(app.settings.change({ appearance: 'dark' })).rejects.toMatchObject({
    code: 'library-read-only',
  })
  expect(app.settings.view.appearance).toBe('system')
  await vi.waitFor(() => expect(document.documentElement.dataset.theme).toBe('light'))
})

test('a new license starts with the account of the selected one, else with the one that is shown', async () => {
  const { app } = await opened()
  expect(app.accountForNew).toBeNull()
  await app.list.ask({ view: 'all', account: 2 })
  expect(app.accountForNew).toBe(2)
  await app.list.ask({ view: 'all', account: null })
  app.selection.choose('L1', 0)
  expect(app.accountForNew).toBe(1)
})
