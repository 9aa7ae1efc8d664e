import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { violations } from '../../../tests/axe'
import { applied, applying, button, opened, pasted, ready, ROOT, TOKEN } from '../../../tests/instance'
import { openWindow } from '../../../tests/window'

describe('applying a token', () => {
  test('shows the present one and the new one side by side before it is sent', async () => {
    const { user, calls } = await pasted(TOKEN)
    expect((await screen.findByTestId('apply-current-includedUsers')).textContent).toBe('15')
    expect(screen.getByTestId('apply-new-includedUsers').textContent).toBe('25')
    expect(calls('applyToken')).toHaveLength(0)
    await user.click(button('apply-send'))
    expect((await screen.findByTestId('instance-done')).textContent).toContain('has the token')
    expect(calls('applyToken')).toEqual([['applyToken', 4, { kind: 'text', text: TOKEN }, false]])
    expect(within(screen.getByTestId('apply-dialog')).getByTestId('instance-check').textContent).toContain(
      'valid',
    )
    expect(await violations(screen.getByTestId('apply-dialog'))).toEqual([])
    await user.keyboard('{Enter}')
    await waitFor(() => expect(screen.queryByTestId('apply-dialog')).toBeNull())
    expect(document.activeElement).toBe(screen.getByTestId('apply-open'))
  })

  test('of a token for another instance shows both addresses, and sends it only knowingly', async () => {
    const { user, calls } = await pasted('other')
    const found = await screen.findByTestId('apply-addresses')
    expect(found.textContent).toContain('https://other.example')
    expect(found.textContent).toContain(ROOT)
    expect(screen.queryByTestId('apply-send')).toBeNull()
    await user.keyboard('{Enter}')
    expect(calls('applyToken')).toHaveLength(0)
    expect(button('apply-send-anyway').textContent).toContain('Apply a token for another instance')
    expect(button('apply-send-anyway').disabled, 'the present token cannot be restored').toBe(true)
    await user.type(screen.getByTestId('apply-typed'), ROOT)
    await user.click(button('apply-send-anyway'))
    await waitFor(() => expect(calls('applyToken')).toEqual([['applyToken', 4, expect.anything(), true]]))
  })

  test('of a token for another instance is sent with one click where the present one can be restored', async () => {
    const { user, calls } = await applied()
    await user.click(screen.getByTestId('apply-open'))
    await user.paste('other')
    await screen.findByTestId('apply-addresses')
    expect(screen.queryByTestId('apply-typed')).toBeNull()
    await user.click(button('apply-send-anyway'))
    await waitFor(() => expect(calls('applyToken')).toHaveLength(2))
  })

  test('says of the present token whether it can be restored, as its removal does', async () => {
    const { user, choose } = await applying()
    await user.paste(TOKEN)
    expect((await screen.findByTestId('present-token')).textContent).toContain('cannot be restored')
    await user.click(button('apply-send'))
    await user.click(await screen.findByTestId('apply-close'))
    await choose('token-remove')
    const dialog = await screen.findByTestId('token-remove-dialog')
    expect(within(dialog).getByTestId('present-token').dataset.present).toBe('kept')
  })

  test('has the verdict directly under the field, before the comparison', async () => {
    await pasted('other')
    const verdict = await screen.findByTestId('apply-verdict')
    const field = screen.getByTestId('instance-drop')
    expect(field.nextElementSibling).toBe(verdict)
    expect(verdict.nextElementSibling).toBe(screen.getByTestId('apply-compare'))
  })

  test('of an instance without a token says nothing of one before', async () => {
    const { user } = await openWindow('instance-empty')
    await user.click(screen.getByTestId('account-menu-4'))
    await user.click(await screen.findByTestId('apply-open-4'))
    await user.paste(TOKEN)
    await screen.findByTestId('apply-fits')
    expect(screen.queryByTestId('present-token')).toBeNull()
  })

  test('that is sent and does not make the license valid is told by one amber banner', async () => {
    const { user, world } = await pasted('other')
    const row = await screen.findByTestId('apply-new-sub')
    expect(row.parentElement?.classList).toContain('elsewhere')
    world.scene.invalid = true
    await user.type(screen.getByTestId('apply-typed'), `${ROOT}{Enter}`)
    const done = await screen.findByTestId('instance-done')
    expect(done.classList).toContain('warn')
    expect(done.textContent).toContain('has the token')
    expect(done.textContent).toContain('no valid license')
    expect(within(screen.getByTestId('apply-dialog')).queryByTestId('instance-check')).toBeNull()
  })

  test('of what is no token says what is wrong with it', async () => {
    await pasted('torn')
    const found = await screen.findByTestId('apply-finding-not-a-jwt')
    expect(found.textContent).toContain('it has 2 parts')
    expect(screen.queryByTestId('apply-compare')).toBeNull()
  })

  test('a file that is dropped is read by the program alone', async () => {
    const { world, calls, user } = await applying()
    world.tell({ kind: 'paths-given', paths: ['/home/ada/license.jwt'] })
    expect((await screen.findByTestId('instance-file')).textContent).toContain('license.jwt')
    await user.click(await ready('apply-send'))
    await waitFor(() =>
      expect(calls('applyToken')[0]).toEqual([
        'applyToken',
        4,
        { kind: 'file', path: '/home/ada/license.jwt' },
        false,
      ]),
    )
    expect(calls('importPaths')).toHaveLength(0)
  })

  test('a file that is chosen takes the place of what was pasted, until it is taken away', async () => {
    const { user, calls } = await pasted('torn')
    await screen.findByTestId('apply-finding-not-a-jwt')
    await user.click(button('instance-pick'))
    await screen.findByTestId('apply-send')
    expect(calls('preflightToken').at(-1)?.[2]).toMatchObject({ kind: 'file' })
    await user.click(button('instance-clear'))
    expect(screen.getByTestId<HTMLTextAreaElement>('instance-paste').value).toBe('')
    expect(button('apply-send').disabled).toBe(true)
  })

  test('a permission that is missing is named, and what was typed stays', async () => {
    const { user } = await pasted('forbidden')
    await user.click(await ready('apply-send'))
    expect((await screen.findByTestId('instance-refused')).textContent).toContain('licensing:write')
    expect(screen.getByTestId<HTMLTextAreaElement>('instance-paste').value).toBe('forbidden')
  })

  test('an instance that cannot tell its token is given one', async () => {
    const error = { code: 'vendor-forbidden', args: { permission: 'licensing:read' }, detail: null }
    const { user, world } = await applying()
    world.scene.tokenUntold = error
    await user.paste(TOKEN)
    expect((await screen.findByTestId('apply-current-includedUsers')).textContent).toBe('Unknown')
    await user.click(button('apply-send'))
    expect((await screen.findByTestId('instance-done')).textContent).toContain('has the token')
  })

  test('shows what both tokens have in common on request only', async () => {
    const { user } = await pasted(TOKEN)
    await screen.findByTestId('apply-compare')
    expect(screen.queryByTestId('apply-new-company')).toBeNull()
    await user.click(button('apply-same'))
    expect(screen.getByTestId('apply-new-company').textContent).toBe('Northwind')
    expect(await violations(screen.getByTestId('apply-dialog'))).toEqual([])
  })

  test('takes a paste and Enter, and nothing else', async () => {
    const { user, calls } = await opened()
    button('apply-open').focus()
    await user.keyboard('{Enter}')
    await user.paste(TOKEN)
    await ready('apply-send')
    await user.keyboard('{Enter}')
    expect(document.activeElement).toBe(await screen.findByTestId('apply-close'))
    expect(calls('applyToken')).toHaveLength(1)
  })

  test('of another license shows that one afterwards', async () => {
    const { user, world } = await pasted(TOKEN)
    world.scene.nextLicense = 'L700'
    await user.click(await ready('apply-send'))
    await user.click(await screen.findByTestId('apply-close'))
    await waitFor(() => expect(screen.getByTestId('row-L700').getAttribute('aria-selected')).toBe('true'))
  })

  test('reports users and both expiry dates of the token that the instance has then', async () => {
    const { user } = await pasted(TOKEN)
    await user.click(await ready('apply-send'))
    await screen.findByTestId('instance-done')
    const dialog = within(screen.getByTestId('apply-dialog'))
    expect(dialog.getByTestId('instance-usage').textContent).toContain('11 of 25')
    expect(dialog.getByTestId('instance-license-ends').textContent).toContain('License expires')
  })
})
