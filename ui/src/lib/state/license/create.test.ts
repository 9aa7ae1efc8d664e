import { expect, onTestFinished, test, vi } from 'vitest'
import { fake } from '../../ipc/fake'
import { scenario } from '../../ipc/fake/scenarios'
import { VENDORS } from '../../ipc/fake/vendors'
import { REST_MS } from '../action/action.svelte'
import { CreateDraft } from './create.svelte'

const PORTAL = 1
const LOCAL = 3

async function draftAt(account: number, name = 'new-box', scene = 'local') {
  const { backend, world } = fake(scenario(scene))
  const draft = new CreateDraft(backend, () => VENDORS[0])
  draft.name = name
  await draft.choose(account)
  const sent = () => world.calls.find(([method]) => method === 'create')?.[1]
  const asked = () => world.calls.filter(([method]) => method === 'sameName').map(([, , name]) => name)
  return { draft, world, sent, asked }
}

function typeInto(draft: CreateDraft, ...names: string[]) {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  for (const name of names) {
    draft.name = name
    draft.typed()
  }
}

test('versions are asked for only where the vendor hosts', async () => {
  const { draft } = await draftAt(LOCAL)
  const params = () => draft.shown.map(({ param }) => param)
  expect(params()).toEqual(['type', 'goal', 'hosting'])
  draft.chosen.hosting = 'sandbox'
  expect(params()).toEqual(['type', 'goal', 'hosting', 'aidbox-version', 'fhir-version'])
  expect(draft.chosen['fhir-version']).toBe('4.0.1')
})

test('only what shows and is carried is sent', async () => {
  const { draft, sent } = await draftAt(PORTAL)
  await draft.send()
  expect(sent()).toEqual({ account: PORTAL, name: 'new-box', choices: { type: 'dev' }, allowSameName: false })
})

test('a portal that takes every choice gets every choice', async () => {
  const { draft, sent } = await draftAt(LOCAL)
  draft.chosen.hosting = 'sandbox'
  await draft.send()
  expect(sent()).toMatchObject({
    choices: { hosting: 'sandbox', 'fhir-version': '4.0.1', goal: 'development' },
  })
})

test('a choice that is not carried cannot be made, but its guide can be opened', async () => {
  const { draft } = await draftAt(PORTAL)
  const choice = (param: string) => {
    const found = draft.form?.choices.find((one) => one.param === param)
    if (!found) throw new Error(param)
    return found
  }
  expect(draft.open(choice('goal'), 'research')).toBe(false)
  expect(draft.open(choice('hosting'), 'sandbox')).toBe(false)
  expect(draft.open(choice('hosting'), 'self-hosted')).toBe(true)
  expect(draft.open(choice('hosting'), 'aws')).toBe(true)
})

test('a guide is followed, never sent', async () => {
  const { draft, sent } = await draftAt(LOCAL)
  draft.chosen.hosting = 'aws'
  expect(draft.guide?.title).toBe('run-aidbox-on-aws')
  expect(await draft.send()).toBeNull()
  expect(sent()).toBeUndefined()
})

test('a name that is taken is pointed out before anything is sent', async () => {
  const { draft, sent } = await draftAt(PORTAL, ' checkout-dev ')
  expect(draft.same).toBe(1)
  expect(await draft.send()).toBeNull()
  expect(sent()).toBeUndefined()
  draft.allowSame = true
  await draft.send()
  expect(sent()).toMatchObject({ name: 'checkout-dev', allowSameName: true })
})

test('a name is sent in NFC', async () => {
  const { draft, sent } = await draftAt(PORTAL, 'Cafe\u0301')
  await draft.send()
  expect(sent()).toMatchObject({ name: 'Caf\u00e9' })
})

test.each(['', '   ', 'two\nlines', 'ž'.repeat(201)])('the name %j is not sent', async (name) => {
  const { draft, sent } = await draftAt(PORTAL, name)
  expect(await draft.send()).toBeNull()
  expect(sent()).toBeUndefined()
})

test('an outcome that is not known is handed on as such', async () => {
  const { draft } = await draftAt(PORTAL, 'new-box', 'unknown-outcome')
  expect((await draft.send())?.kind).toBe('unknown')
})

test('a burst of keys asks once whether the name is taken', async () => {
  const { draft, asked } = await draftAt(PORTAL)
  typeInto(draft, 'ne', 'new', 'news')
  await vi.advanceTimersByTimeAsync(REST_MS)
  expect(asked()).toEqual(['new-box', 'news'])
})

test('sending does not wait for typing to rest, and asks about the name first', async () => {
  const { draft, sent, asked } = await draftAt(PORTAL)
  typeInto(draft, 'news')
  expect((await draft.send())?.kind).toBe('done')
  await vi.advanceTimersByTimeAsync(REST_MS)
  expect(asked()).toEqual(['new-box', 'news'])
  expect(sent()).toMatchObject({ name: 'news' })
})

test.each([
  ['the name is typed again', (draft: CreateDraft) => draft.typed()],
  ['the dialog is left', (draft: CreateDraft) => draft.leave()],
])('nothing is sent where %s before it is known', async (_, since) => {
  const { draft, sent, world } = await draftAt(PORTAL)
  const letGo = world.hold('sameName')
  const sending = draft.send()
  since(draft)
  letGo()
  expect(await sending).toBeNull()
  expect(sent()).toBeUndefined()
  draft.leave()
})
