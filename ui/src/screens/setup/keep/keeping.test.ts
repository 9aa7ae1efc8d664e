import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import type { SetupDraft } from '$lib/ipc/generated'
import { violations } from '../../../../tests/axe'
import { at, button, field, KEY, openSetup, ready, TOKEN } from '../wizard'

describe('without a keyring', () => {
  async function toKeep() {
    const wizard = await openSetup('setup-no-keyring')
    await wizard.press('setup-card-aidbox')
    await wizard.type('setup-field-token', 'a good one')
    await wizard.press('setup-next')
    await at('keep')
    return wizard
  }

  test('the account is kept by what was tested, after the passphrase is set', async () => {
    const { press, type, calls } = await toKeep()
    expect(calls('keepAccount')).toHaveLength(0)
    await type('setup-passphrase', 'seven quiet otters swim')
    await type('setup-passphrase-again', 'seven quiet otters swim')
    await press('setup-next')
    await at('file')
    expect(calls('setPassphrase')).toHaveLength(1)
    expect(calls('testAccount')).toHaveLength(1)
    expect(calls('keepAccount')).toHaveLength(1)
  })

  test('two different passphrases go no further', async () => {
    const { type, calls } = await toKeep()
    await type('setup-passphrase', 'seven quiet otters')
    await type('setup-passphrase-again', 'seven quiet others')
    await screen.findByText('The two are not the same.')
    expect(button('setup-next').disabled).toBe(true)
    expect(calls('setPassphrase')).toHaveLength(0)
  })

  test('a short passphrase says how much is missing, a better one is told so', async () => {
    const { type } = await toKeep()
    await type('setup-passphrase', 'short')
    await screen.findByText('3 more characters are needed.')
    await type('setup-passphrase', 'seven quiet otters swim')
    await screen.findByText('Strong.')
  })

  test('this session only says what it means, and goes on', async () => {
    const { press, calls } = await toKeep()
    expect(screen.getByTestId('setup-step-keep').textContent).toContain('gone when Licet closes')
    await press('setup-session-only')
    await press('setup-next')
    await at('file')
    expect(calls('sessionOnly')).toHaveLength(1)
    expect(calls('keepAccount')).toHaveLength(1)
  })

  test('a keyring that was started meanwhile is found', async () => {
    const { press, world } = await toKeep()
    world.scene.vault = { state: 'new', keyring: 'locked' }
    await press('setup-keyring-again')
    await screen.findByText('Secrets can be kept')
    await press('setup-next')
    await at('file')
  })

  test('a pasted key waits for it', async () => {
    const { press, paste, calls } = await openSetup('setup-no-keyring')
    await paste('setup-paste', KEY)
    await screen.findByTestId('setup-will-write')
    await press('setup-next')
    await at('keep')
    expect(calls('importText')).toHaveLength(0)
    await press('setup-session-only')
    await press('setup-next')
    await at('done')
    expect(calls('importText')).toEqual([['importText', KEY, null]])
    expect(calls('writeExport')).toHaveLength(1)
  })

  test('the local portal is made after it', async () => {
    const { press, calls } = await openSetup('setup-no-keyring')
    await press('setup-card-local')
    await press('setup-next')
    await at('keep')
    expect(calls('connectLocal')).toHaveLength(0)
    await press('setup-session-only')
    await press('setup-next')
    await at('file')
    expect(calls('connectLocal')).toHaveLength(1)
  })

  test('has nothing that axe finds wrong', async () => {
    await toKeep()
    expect(await violations()).toEqual([])
  })
})

describe('with a locked keyring', () => {
  async function toKeep(fail = {}) {
    const wizard = await openSetup('setup-locked', { fail })
    await wizard.press('setup-card-local')
    await wizard.press('setup-next')
    await at('keep')
    return wizard
  }

  test('it is unlocked with one button, and what was chosen is kept', async () => {
    const { press, calls } = await toKeep()
    await press('setup-unlock')
    await at('file')
    expect(calls('unlockKeyring')).toHaveLength(1)
    expect(calls('connectLocal')).toHaveLength(1)
  })

  test('a prompt that was closed is said, and can be opened again', async () => {
    const { press, world } = await toKeep({
      unlockKeyring: { code: 'keyring-dismissed', args: {}, detail: null },
    })
    await press('setup-unlock')
    expect((await screen.findByTestId('setup-keep-error')).textContent).toContain('its prompt was closed')
    delete world.scene.fail.unlockKeyring
    await press('setup-unlock')
    await at('file')
  })

  test('says that it waits while the prompt is open', async () => {
    const { press, world } = await toKeep()
    world.scene.delayMs = 200
    await press('setup-unlock')
    await screen.findByText(/Waiting for the keyring/)
    await at('file')
  })

  test('another way can be chosen', async () => {
    const { press } = await toKeep()
    await press('setup-keep-other')
    await press('setup-session-only')
    await press('setup-next')
    await at('file')
  })

  test('a library that its keyring opens takes no other way', async () => {
    const { press } = await openSetup('locked')
    await press('add-account')
    await press('setup-card-local')
    await press('setup-next')
    await screen.findByTestId('setup-unlock')
    expect(screen.queryByTestId('setup-keep-other')).toBeNull()
  })
})

test('a keyring that lost the entry is not called locked, and the way out is there', async () => {
  const { press } = await openSetup('lost')
  await press('add-account')
  await press('setup-card-local')
  await press('setup-next')
  expect((await screen.findByTestId('setup-keep-error')).textContent).toContain('no longer has Licet’s entry')
  expect(screen.queryByText(/Your keyring is locked/)).toBeNull()
  expect(screen.getByTestId('setup-unlock').textContent).toContain('Check again')
  expect(screen.getByTestId('setup-forget-secrets')).toBeTruthy()
})

test('a library under a passphrase asks for it', async () => {
  const { press, type } = await openSetup('passphrase')
  await press('add-account')
  await press('setup-card-local')
  await press('setup-next')
  await type('setup-passphrase', 'not this one')
  await press('setup-next')
  await screen.findByText('This passphrase does not open the keys.')
  await type('setup-passphrase', 'open sesame')
  await press('setup-next')
  await at('file')
})

test('a ready keyring is not asked about', async () => {
  await openSetup()
  expect(screen.queryByTestId('setup-list-keep')).toBeNull()
})

describe('the draft', () => {
  test('never holds a token, wherever it was typed', async () => {
    const { press, type, paste, drafts } = await openSetup('setup-no-keyring')
    await paste('setup-paste', TOKEN)
    await ready('setup-next')
    await type('setup-field-url', `https://user:pass@portal.example/x?token=${TOKEN}`)
    await press('setup-card-aidbox')
    await press('setup-back')
    await press('setup-card-aidbox')
    expect(drafts().length).toBeGreaterThan(2)
    expect(JSON.stringify(drafts())).not.toContain(TOKEN)
    expect(JSON.stringify(drafts())).not.toContain('user:pass')
    expect(drafts().at(-1)).toMatchObject({
      secretMissing: true,
      fields: { url: 'https://portal.example/x' },
    })
  })

  test('never holds a key or a passphrase', async () => {
    const { press, paste, type, drafts } = await openSetup('setup-no-keyring')
    await paste('setup-paste', KEY)
    await screen.findByTestId('setup-will-write')
    await press('setup-next')
    await type('setup-passphrase', 'seven quiet otters')
    await type('setup-passphrase-again', 'seven quiet otters')
    await press('setup-back')
    expect(drafts().at(-1)?.secretMissing).toBe(true)
    expect(JSON.stringify(drafts())).not.toContain(KEY)
    expect(JSON.stringify(drafts())).not.toContain('otters')
  })

  test('is saved at each step, with what was connected and written', async () => {
    const { press, drafts, lastDraft } = await openSetup()
    await press('setup-card-local')
    await press('setup-next')
    await press('setup-first-license-create')
    await ready('setup-file-write')
    await press('setup-file-write')
    await press('setup-next')
    await at('done')
    expect([...new Set(drafts().map(({ step }) => step))]).toEqual(['connect', 'file', 'done'])
    expect(lastDraft()).toMatchObject({ account: 4, written: ['/home/ada/.env'], secretMissing: false })
  })
})

describe('resumed', () => {
  test('at the same step, saying that the token must be entered again', async () => {
    await openSetup('setup-resumed')
    await at('connect')
    expect(field('setup-field-url').value).toBe('https://portal.example')
    expect(field('setup-field-token').value).toBe('')
    expect(screen.getByTestId('setup-retype').textContent).toContain('Enter it again')
  })

  const draft = (part: Partial<SetupDraft>): SetupDraft => ({
    step: 'where',
    path: null,
    fields: {},
    secretMissing: false,
    account: null,
    license: null,
    written: [],
    ...part,
  })

  test('with a file that waited, which is brought in', async () => {
    const fields = { 'file-0': '/home/ada/cell.toml' }
    const { calls } = await openSetup('setup', {
      setup: draft({ step: 'connect', path: { kind: 'key' }, fields }),
    })
    await waitFor(() => expect(calls('importPaths')).toEqual([['importPaths', ['/home/ada/cell.toml']]]))
  })

  test('at Connect where the login was tested but not kept', async () => {
    const path = { kind: 'account', provider: 'aidbox' } as const
    await openSetup('setup-no-keyring', { setup: draft({ step: 'keep', path, secretMissing: true }) })
    await at('connect')
    expect(screen.getByTestId('setup-retype')).toBeTruthy()
  })

  test('with the local portal’s account that was made just before the window was closed', async () => {
    const path = { kind: 'local' } as const
    const fields = { name: 'This computer' }
    const { press, calls } = await openSetup('local', { setup: draft({ step: 'connect', path, fields }) })
    expect((await screen.findByTestId('setup-connected')).textContent).toContain(
      '“This computer” is connected',
    )
    await press('setup-next')
    await at('file')
    expect(calls('connectLocal')).toHaveLength(0)
  })

  test('at the file, with the license that was chosen', async () => {
    const setup = draft({ step: 'file', path: { kind: 'local' }, account: 1, license: 'L2' })
    await openSetup('three', { setup })
    await ready('setup-file-write')
    expect(screen.getByTestId<HTMLSelectElement>('setup-file-license').value).toBe('L2')
  })

  test('at the end, with what was written and what to run', async () => {
    const setup = draft({
      step: 'done',
      path: { kind: 'local' },
      account: 1,
      written: ['/home/ada/.env'],
      fields: { command: 'docker compose up -d', running: 'recreate' },
    })
    await openSetup('three', { setup })
    expect((await screen.findByTestId('setup-next-command')).textContent).toContain('docker compose up -d')
    expect(screen.getByTestId('setup-summary').textContent).toContain('/home/ada/.env')
    expect(screen.getByTestId('setup-running').textContent).toContain('Run the command again')
  })

  test('a draft that cannot be saved is said, and the wizard goes on', async () => {
    const fail = { saveDraft: { code: 'library-busy', args: {}, detail: null } }
    const { press } = await openSetup('setup', { fail })
    await press('setup-card-local')
    await at('connect')
    await screen.findByText(/Another program is using the library/)
  })
})
