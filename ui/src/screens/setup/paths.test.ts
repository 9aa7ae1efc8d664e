import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { at, button, field, heading, KEY, openSetup, ready, TOKEN } from './wizard'

describe('where the licenses are', () => {
  test('a file’s text is recognised as the key in it', async () => {
    const { paste } = await openSetup()
    await paste('setup-paste', `License = "${KEY}"`)
    const told = screen.getByTestId('setup-recognised')
    await waitFor(() => expect(told.textContent).toContain('AICA System License'))
    expect(told.textContent).toContain('found in the license file’s text')
    expect(button('setup-next').disabled).toBe(false)
  })

  test('a mistyped key says which part is wrong', async () => {
    const { type } = await openSetup()
    await type('setup-paste', '5614D1-3E7A6C-93')
    await waitFor(() =>
      expect(screen.getByTestId('setup-recognised').textContent).toContain('Group 3 of the key'),
    )
    expect(button('setup-next').disabled).toBe(true)
  })

  test('a key is not taken along into another system’s login: it must not be sent there', async () => {
    const { paste, press } = await openSetup()
    await paste('setup-paste', '5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3')
    await press('setup-card-aidbox')
    expect((await screen.findByTestId<HTMLInputElement>('setup-field-token')).value).toBe('')
  })

  test('a text that cannot be told is no mistake: it is taken to the portal that is chosen', async () => {
    const { paste, press, drafts } = await openSetup()
    await paste('setup-paste', 'a-vendors-own-token')
    await waitFor(() =>
      expect(screen.getByTestId('setup-recognised').textContent).toContain('If it is a portal’s token'),
    )
    await press('setup-card-aidbox')
    expect(field('setup-field-token').value).toBe('a-vendors-own-token')
    expect(JSON.stringify(drafts())).not.toContain('a-vendors-own-token')
  })

  test('what was pasted is hidden until somebody looks', async () => {
    const { paste, user } = await openSetup()
    await paste('setup-paste', KEY)
    expect(screen.getByTestId('setup-paste').className).toContain('masked')
    await user.click(screen.getByRole('button', { name: 'Show what was pasted' }))
    expect(screen.getByTestId('setup-paste').className).not.toContain('masked')
  })

  test('Enter goes on with what was recognised', async () => {
    const { paste, user } = await openSetup()
    await paste('setup-paste', KEY)
    await ready('setup-next')
    await user.keyboard('{Enter}')
    await at('done')
  })
})

describe('an account', () => {
  test('is tested on the button, kept as tested, and its file is written', async () => {
    const { press, type, calls, world } = await openSetup()
    await press('setup-card-aidbox')
    await type('setup-field-token', 'a good one')
    expect(calls('testAccount')).toHaveLength(0)
    await press('setup-more')
    await type('setup-account-name', 'north')
    await press('setup-next')
    await at('file')
    expect(screen.getByTestId('setup-opened').textContent).toContain('Project “northwind”: 14 licenses')
    expect(calls('testAccount')).toHaveLength(1)
    expect(calls('keepAccount')).toEqual([['keepAccount', 'ticket https://aidbox.app', 'north']])
    expect(world.scene.accounts.map(({ name }) => name)).toEqual(['north'])
    await ready('setup-file-write')
    await press('setup-file-write')
    await press('setup-next')
    await at('done')
    expect(screen.getByTestId('setup-summary').textContent).toContain('north: 3 licenses')
    expect(screen.getByTestId('setup-summary').textContent).toContain('/home/ada/.env')
    await press('setup-finish')
    await screen.findByTestId('list')
    expect(calls('finishSetup')).toHaveLength(1)
  })

  test('a refused login says what to change, and nothing can be kept', async () => {
    const { press, type, calls } = await openSetup()
    await press('setup-card-aidbox')
    await type('setup-field-token', 'wrong')
    await press('setup-next')
    const result = screen.getByTestId('setup-test-result')
    await waitFor(() => expect(result.dataset.result).toBe('bad'))
    expect(result.textContent).toMatch(/token/i)
    expect(calls('keepAccount')).toHaveLength(0)
  })

  test('what is typed after a test is tested again before it is kept', async () => {
    const { press, paste, type, calls } = await openSetup()
    await press('setup-card-aidbox')
    await paste('setup-field-token', TOKEN)
    await waitFor(() => expect(screen.getByTestId('setup-test-result').dataset.result).toBe('good'))
    await type('setup-field-url', 'https://other.example')
    expect(screen.getByTestId('setup-test-result').dataset.result).toBe('none')
    await press('setup-next')
    await at('file')
    expect(calls('testAccount')).toHaveLength(2)
    expect(calls('keepAccount')).toEqual([['keepAccount', 'ticket https://other.example', 'northwind 2']])
  })

  test('a tested login is not tested again', async () => {
    const { press, paste, calls } = await openSetup()
    await press('setup-card-aidbox')
    await paste('setup-field-token', TOKEN)
    await waitFor(() => expect(screen.getByTestId('setup-test-result').dataset.result).toBe('good'))
    await press('setup-next')
    await at('file')
    expect(calls('testAccount')).toHaveLength(1)
  })

  test('a local portal’s token is tested at once, at the local portal', async () => {
    const { press, paste, calls } = await openSetup()
    await press('setup-card-aidbox')
    await paste('setup-field-token', TOKEN)
    await waitFor(() => expect(calls('testAccount')).toHaveLength(1))
    expect(calls('testAccount')[0]?.[1]).toMatchObject({
      provider: 'aidbox',
      fields: { url: 'local' },
      secrets: { token: TOKEN },
    })
    await ready('setup-next')
  })

  test('a local portal’s token pasted at the start goes the same way', async () => {
    const { press, paste, calls } = await openSetup()
    await paste('setup-paste', TOKEN)
    await waitFor(() => expect(screen.getByTestId('setup-test-result').dataset.result).toBe('good'))
    expect(screen.queryByTestId('setup-field-token')).toBeNull()
    await press('setup-next')
    await at('file')
    expect(calls('testAccount')).toHaveLength(1)
  })

  test('a name that is taken is said, and the tested login is still there', async () => {
    const { press, type } = await openSetup('three', { setup: null })
    await press('add-account')
    await press('setup-card-aidbox')
    await type('setup-field-token', 'a good one')
    await press('setup-next')
    expect((await screen.findByTestId('setup-already')).textContent).toContain(
      'already connected, as “northwind”',
    )
    await press('setup-more')
    await type('setup-account-name', 'northwind')
    await press('setup-next')
    await screen.findByText(/account.*“northwind”|“northwind”.*account|account named/i)
    await type('setup-account-name', 'south')
    await press('setup-next')
    await at('file')
  })
})

describe('a key', () => {
  test('is imported with a result of its own, and written for the launcher', async () => {
    const { press, paste, type, calls } = await openSetup()
    await paste('setup-paste', KEY)
    expect((await screen.findByTestId('setup-will-write')).textContent).toBe('/home/ada/.aica-license.toml')
    await press('setup-file-change')
    expect(screen.getByTestId('setup-file-preview').textContent).toContain('License = "••••••')
    expect(screen.getByTestId('setup-file-preview').textContent).not.toContain('5614D1')
    await type('setup-key-name', 'cell-07')
    await press('setup-next')
    await waitFor(() => expect(calls('writeExport')).toHaveLength(1))
    expect(calls('importText')).toEqual([['importText', KEY, 'cell-07']])
    expect((await screen.findByTestId('setup-next-command')).textContent).toContain(
      '/home/ada/.aica-license.toml',
    )
    expect(screen.getByTestId('setup-next-command-needs').textContent).toBe(
      'Put your image’s name for IMAGE.',
    )
  })

  test('a file that is there is looked at before it is written', async () => {
    const { press, paste, type, user, calls } = await openSetup()
    await paste('setup-paste', KEY)
    await press('setup-file-change')
    await type('setup-file-path', '/srv/there.toml')
    expect(await screen.findByText(/The file exists/)).toBeTruthy()
    await ready('setup-next')
    await user.keyboard('{Enter}')
    await at('done')
    expect(calls('writeExport')).toHaveLength(1)
  })

  test('a file that cannot be written leaves the form as it was, and says why', async () => {
    const fail = { writeExport: { code: 'library-busy', args: {}, detail: null } }
    const { press, paste, type, world, calls } = await openSetup('setup', { fail })
    await paste('setup-paste', KEY)
    await type('setup-key-name', 'cell-07')
    await press('setup-file-change')
    await type('setup-file-path', '/srv/a.toml')
    await waitFor(() => expect(calls('previewImport').at(-1)?.[3]).toMatchObject({ path: '/srv/a.toml' }))
    await press('setup-next')
    await screen.findByTestId('setup-file-problem')
    delete world.scene.fail.writeExport
    expect(field('setup-file-path').value).toBe('/srv/a.toml')
    await press('setup-next')
    await at('done')
    expect(calls('importText')).toHaveLength(1)
    expect(calls('writeExport').at(-1)?.[1]).toMatchObject({ license: 'L900', path: '/srv/a.toml' })
  })

  test('its vendor’s account is connected next where there is one', async () => {
    const { press, paste } = await openSetup()
    await paste('setup-paste', KEY)
    await press('setup-with-account')
    await press('setup-next')
    await at('connect')
    expect(heading().textContent).toBe('Connect AICA')
  })

  test('a file that was found is used with one click', async () => {
    const { press, calls } = await openSetup()
    await press('setup-found-file-0')
    await waitFor(() =>
      expect(calls('importPaths')).toEqual([['importPaths', ['/home/ada/.aica-license.toml']]]),
    )
  })

  test('files dropped on the window are brought in', async () => {
    const { world, calls } = await openSetup()
    world.tell({ kind: 'paths-given', paths: ['/home/ada/a.toml', '/home/ada/b.toml'] })
    await waitFor(() => expect(calls('importPaths')).toHaveLength(2))
    expect(within(await screen.findByTestId('setup-keys')).getAllByRole('listitem')).toHaveLength(2)
  })

  test('one that fails says why beside it, and the others go on', async () => {
    const { world, press } = await openSetup()
    world.tell({ kind: 'paths-given', paths: ['/home/ada/broken.toml', '/home/ada/good.toml'] })
    const list = await screen.findByTestId('setup-keys')
    await waitFor(() => expect(list.textContent).toContain('not imported'))
    expect(list.textContent).toContain('does not contain a license key')
    await ready('setup-next')
    await press('setup-next')
    await at('file')
  })
})

describe('this computer', () => {
  test('from the card to a written file in few clicks', async () => {
    const { press, calls } = await openSetup()
    let clicks = 0
    const click = async (testid: string) => {
      await ready(testid)
      clicks++
      await press(testid)
    }
    await screen.findByTestId('setup-card-local')
    await click('setup-card-local')
    await at('connect')
    await click('setup-next')
    await screen.findByTestId('setup-first-license-create')
    await click('setup-first-license-create')
    await screen.findByTestId('setup-file-write')
    await click('setup-file-write')
    await screen.findByTestId('setup-file-done')
    expect(calls('writeExport')).toHaveLength(1)
    expect(clicks).toBeLessThanOrEqual(8)
    expect(calls('create')[0]?.[1]).toMatchObject({
      name: 'my-first-box',
      choices: { type: 'dev', hosting: 'self-hosted' },
    })
  })

  test('a create without an answer is not sent again', async () => {
    const fail = { create: { code: 'vendor-outcome-unknown', args: {}, detail: null } }
    const { press, calls } = await openSetup('setup', { fail })
    await press('setup-card-local')
    await press('setup-next')
    await press('setup-first-license-create')
    await screen.findByTestId('setup-first-unknown')
    expect(screen.queryByTestId('setup-first-license-create')).toBeNull()
    expect(calls('create')).toHaveLength(1)
  })

  test('a portal that does not start says so, and the name is still there', async () => {
    const fail = { connectLocal: { code: 'portal-not-running', args: {}, detail: 'port in use' } }
    const { press, type, world } = await openSetup('setup', { fail })
    await press('setup-card-local')
    await type('setup-account-name', 'sandbox')
    await press('setup-next')
    await screen.findByText('The local portal does not run.')
    expect(field('setup-account-name').value).toBe('sandbox')
    delete world.scene.fail.connectLocal
    await press('setup-next')
    await at('file')
  })
})
