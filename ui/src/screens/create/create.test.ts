import { screen, waitFor, within } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { openWindow } from '../../../tests/window'

const button = (testid: string) => screen.getByTestId<HTMLButtonElement>(testid)

describe('creating', () => {
  async function opened(scene = 'three') {
    const window = await openWindow(scene)
    await window.user.keyboard('{Control>}n{/Control}')
    await screen.findByTestId('create-type-dev')
    return window
  }

  test('the new license is selected, ready to write its file', async () => {
    const { user } = await opened()
    await user.type(screen.getByTestId('create-name'), 'brand-new')
    await user.click(screen.getByTestId('create-type-prod'))
    await user.click(screen.getByTestId('create-submit'))
    await waitFor(() => expect(screen.getByTestId('detail-name').textContent).toBe('brand-new'))
    expect(await screen.findByTestId('export-open')).toBeTruthy()
  })

  test('a name that exists is pointed out, and allowed on purpose', async () => {
    const { user, calls } = await opened()
    await user.type(screen.getByTestId('create-name'), 'checkout-dev')
    await screen.findByTestId('create-same-name')
    expect(button('create-submit').disabled).toBe(true)
    await user.click(screen.getByTestId('create-allow-same'))
    await user.click(screen.getByTestId('create-submit'))
    await waitFor(() => expect(calls('create')).toHaveLength(1))
  })

  test('what the API does not carry is off, with the reason and the vendor’s page', async () => {
    const { user, calls } = await opened()
    expect(button('create-hosting-sandbox').disabled).toBe(true)
    expect(screen.getByTestId('create-not-carried-hosting').textContent).toContain('does not take')
    await user.click(screen.getByTestId('create-vendor-page'))
    await waitFor(() => expect(calls('openPage')).toHaveLength(1))
  })

  test('AWS shows its guide, and nothing can be sent', async () => {
    const { user, calls } = await opened()
    await user.type(screen.getByTestId('create-name'), 'on-aws')
    await user.click(screen.getByTestId('create-hosting-aws'))
    const guide = await screen.findByTestId('create-guide')
    expect(guide.textContent).toContain('“run-aidbox-on-aws” in the vendor’s documentation')
    expect(button('create-submit').disabled).toBe(true)
    // Where the guide is, the vendor's document does not tell: the button promises no more than the vendor's site.
    await user.click(within(guide).getByRole('button', { name: 'Open aidbox.app' }))
    await waitFor(() => expect(calls('openPage')).toEqual([['openPage', 'https://aidbox.app']]))
  })

  test('an unknown outcome is explained', async () => {
    const { user } = await opened('unknown-outcome')
    await user.type(screen.getByTestId('create-name'), 'maybe{Enter}')
    expect((await screen.findByTestId('create-unknown')).textContent).toContain('not known whether')
  })

  test('without an account that can create, it says so and leads to one', async () => {
    const { user } = await openWindow('empty')
    await user.keyboard('{Control>}n{/Control}')
    expect(await screen.findByTestId('create-no-accounts')).toBeTruthy()
    expect(screen.queryByTestId('create-name')).toBeNull()
    expect(screen.queryByTestId('create-submit')).toBeNull()
    await user.keyboard('{Enter}')
    await screen.findByTestId('setup-step-where')
  })

  test('an empty name is told at its field', async () => {
    const { user, calls } = await opened()
    await user.click(screen.getByTestId('create-submit'))
    expect(await screen.findByText('Give it a name.')).toBeTruthy()
    expect(calls('create')).toHaveLength(0)
  })
})
