import { expect, onTestFinished, test, vi } from 'vitest'
import { fake } from '../../ipc/fake'
import { scenario } from '../../ipc/fake/scenarios'
import { REST_MS } from '../action/action.svelte'
import { ExportDraft, othersText } from './export.svelte'

async function draftOf(license = 'L2', formats = ['env', 'jwt']) {
  const { backend, world } = fake(scenario('three'))
  const draft = new ExportDraft(backend, license, formats)
  await draft.choose(draft.format)
  const previews = () => world.calls.filter(([name]) => name === 'previewExport')
  return { draft, world, previews }
}

function typeInto(draft: ExportDraft, text: string) {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  for (const key of text) {
    draft.path += key
    draft.typed()
    expect(draft.ready).toBe(false)
  }
}

test('the usual format and the remembered place are chosen at first', async () => {
  const { draft } = await draftOf()
  expect(draft.request).toMatchObject({ format: 'env', path: '/home/ada/projects/clinic-production/.env' })
  expect(draft.preview?.backup).toBe(true)
})

test('the preview shows the text with the key masked', async () => {
  const { draft } = await draftOf('L3', ['launcher-toml'])
  expect(draft.preview?.text).toBe('License = "••••••-••••••-••••••-••••••-•••0F2-V3"\n')
})

test.each([
  ['/nowhere/license', 'file-folder-missing'],
  ['/etc/license', 'file-no-permission'],
])('%s cannot be written, and it says why before it is tried', async (path, code) => {
  const { draft, world } = await draftOf()
  draft.path = path
  await draft.look()
  expect(draft.problem?.code).toBe(code)
  expect(draft.ready).toBe(false)
  expect(await draft.write()).toBe(false)
  expect(world.calls.some(([name]) => name === 'writeExport')).toBe(false)
})

test('consent to write over another license’s file is for that file alone', async () => {
  const { draft, world } = await draftOf()
  const [one] = world.files.get('L1') ?? []
  if (!one) throw new Error('L1 has a file')
  world.files.set('L3', [{ ...one, path: '/home/ada/other/.env' }])
  draft.path = one.path
  await draft.look()
  expect(await draft.write()).toBe(false)
  expect(world.calls.some(([name]) => name === 'writeExport')).toBe(false)
  draft.consent.give(true)
  expect(draft.ready).toBe(true)
  draft.path = '/home/ada/other/.env'
  await draft.look()
  expect(draft.preview?.replaces).toBeTruthy()
  expect(draft.ready).toBe(false)
  draft.path = '/home/ada/new/.env'
  await draft.look()
  expect(draft.ready).toBe(true)
})

test('a burst of keys asks for one preview, and nothing is written before it is there', async () => {
  const { draft, world, previews } = await draftOf()
  const before = previews().length
  typeInto(draft, '/new/.env')
  expect(await draft.write()).toBe(false)
  await vi.advanceTimersByTimeAsync(REST_MS)
  expect(previews().slice(before)).toEqual([['previewExport', draft.request]])
  expect(draft.ready).toBe(true)
  expect(world.calls.some(([name]) => name === 'writeExport')).toBe(false)
})

test('typing clears the error of the path before it', async () => {
  const { draft, world } = await draftOf()
  world.scene.fail.previewExport = { code: 'library-busy', args: {}, detail: null }
  await draft.look()
  expect(draft.problem?.code).toBe('library-busy')
  typeInto(draft, '2')
  expect(draft.problem).toBeNull()
})

test('what waits for typing to rest is dropped with the dialog', async () => {
  const { draft, previews } = await draftOf()
  const before = previews().length
  typeInto(draft, '/new/.env')
  draft.leave()
  await vi.advanceTimersByTimeAsync(REST_MS)
  expect(previews()).toHaveLength(before)
})

test('without a place there is nothing to write', async () => {
  const { draft } = await draftOf()
  draft.path = '  '
  await draft.look()
  expect(draft.preview).toBeNull()
  expect(draft.ready).toBe(false)
})

test('after writing it says what to run and what a running container needs', async () => {
  const { draft } = await draftOf()
  expect(await draft.write()).toBe(true)
  expect(draft.done?.next).toMatchObject({ running: 'recreate' })
  expect(draft.done?.next.command).toContain('docker compose')
})

test('a place that is typed before the remembered one is known stays', async () => {
  const { backend } = fake(scenario('three'))
  const draft = new ExportDraft(backend, 'L2', ['env'])
  const chosen = draft.choose('env')
  draft.path = '/home/ada/typed/.env'
  await chosen
  expect(draft.path).toBe('/home/ada/typed/.env')
  expect(draft.preview?.text).toContain('BOX_LICENSE')
})

test('a file of an instance, which renews its token by itself, is kept only on a user’s word', () => {
  const { backend } = fake(scenario('three'))
  expect(new ExportDraft(backend, 'L2', ['jwt'], true).request.keep).toBe(false)
  expect(new ExportDraft(backend, 'L2', ['jwt']).request.keep).toBe(true)
})

test('the user of the container can be let read the file', async () => {
  const { draft } = await draftOf('L2')
  expect(draft.shared).toBe(false)
  draft.readableBy = '472'
  expect(draft.request).toMatchObject({ readableBy: '472', mode: '', group: '' })
  expect(draft.shared).toBe(true)
})

test('those who can open a file are named', () => {
  const text = othersText({ owner: 'root', users: ['grafana'], groups: ['docker', 'adm'] })
  expect(text).toBe('its owner root, user grafana, group docker, group adm')
  expect(othersText({ owner: null, users: [], groups: [] })).toBe('')
})
