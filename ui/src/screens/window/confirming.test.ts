import { screen, waitFor } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import { openWindow } from '../../../tests/window'

type Window = Awaited<ReturnType<typeof openWindow>>

/** Everything that is confirmed by typing: where it is offered, what is typed, and what it asks the program for. */
const CONFIRMED: {
  testid: string
  scene: string
  phrase: string
  call: string
  open: (window: Window) => Promise<void>
}[] = [
  {
    testid: 'delete',
    scene: 'three',
    phrase: 'clinic-production',
    call: 'remove',
    open: async ({ select, user }) => {
      await select('L2')
      await user.keyboard('{Delete}')
    },
  },
  {
    testid: 'remove-account',
    scene: 'three',
    phrase: 'northwind',
    call: 'removeAccount',
    open: async ({ user }) => {
      await user.click(screen.getByTestId('account-menu-1'))
      await user.click(await screen.findByTestId('account-remove-1'))
    },
  },
  {
    testid: 'release',
    scene: 'session',
    phrase: 'cell-07',
    call: 'releaseSeat',
    open: async ({ select, user }) => {
      await select('L1')
      await user.click(await screen.findByTestId('seat-release-m1'))
    },
  },
  {
    testid: 'token-remove',
    scene: 'instance',
    phrase: 'https://play.example/metrics',
    call: 'removeToken',
    open: async ({ select, user }) => {
      await select('L604')
      await user.click(screen.getByTestId('detail-menu'))
      await user.click(await screen.findByTestId('token-remove'))
    },
  },
  {
    testid: 'forget-secrets',
    scene: 'three',
    phrase: 'forget secrets',
    call: 'forgetSecrets',
    open: async ({ user }) => {
      await user.click(screen.getByTestId('open-settings'))
      await user.click(await screen.findByTestId('settings-storage'))
      await user.click(await screen.findByTestId('forget-secrets'))
    },
  },
  {
    testid: 'storage-forget',
    scene: 'three',
    phrase: 'forget everything',
    call: 'forgetEverything',
    open: async ({ user }) => {
      await user.click(screen.getByTestId('open-settings'))
      await user.click(await screen.findByTestId('settings-storage'))
      await user.click(await screen.findByTestId('storage-forget'))
    },
  },
]

describe.each(CONFIRMED)('$testid', ({ testid, scene, phrase, call, open }) => {
  async function opened() {
    const window = await openWindow(scene)
    await open(window)
    const field = await screen.findByTestId<HTMLInputElement>(`${testid}-typed`)
    const confirm = screen.getByTestId<HTMLButtonElement>(`${testid}-confirm`)
    return { ...window, field, confirm }
  }

  test('asks to type the phrase, in the field that has the keyboard', async () => {
    const { field, confirm } = await opened()
    expect(screen.getByLabelText(`Type “${phrase}” to confirm`)).toBe(field)
    expect(document.activeElement).toBe(field)
    expect(confirm.disabled).toBe(true)
  })

  test('does nothing on Enter until it is typed, and is done then', async () => {
    const { user, calls } = await opened()
    await user.keyboard(`${phrase.slice(0, -1)}{Enter}`)
    expect(calls(call)).toEqual([])
    await user.keyboard(`${phrase.at(-1)}{Enter}`)
    await waitFor(() => expect(calls(call)).toHaveLength(1))
  })
})
