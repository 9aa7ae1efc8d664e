/** The wizard as tests meet it. */
import { screen, waitFor } from '@testing-library/svelte'
import { expect } from 'vitest'
import type { Scenario } from '../../lib/ipc/fake/scenarios'
import type { SetupDraft } from '../../lib/ipc/generated'
import { openWindow } from '../../../tests/window'

export const KEY = '5614D1-3E7A6C-932DEB-8C4189-F6B0F2-V3'
export const TOKEN = `licet_${'a1B2'.repeat(8)}`

export async function openSetup(name = 'setup', change: Partial<Scenario> = {}) {
  const window = await openWindow(name, change)
  const { user, calls } = window
  const press = async (testid: string) => user.click(await screen.findByTestId(testid))
  const type = async (testid: string, text: string) => {
    const field = await screen.findByTestId(testid)
    await user.clear(field)
    await user.type(field, text)
  }
  const paste = async (testid: string, text: string) => {
    await user.click(await screen.findByTestId(testid))
    await user.paste(text)
  }
  const drafts = () => calls('saveDraft').map(([, draft]) => draft as SetupDraft)
  return { ...window, press, type, paste, drafts, lastDraft: () => drafts().at(-1) }
}

export const at = (step: string) => screen.findByTestId(`setup-step-${step}`)
export const heading = () => screen.getByRole('heading', { level: 1 })
export const button = (testid: string) => screen.getByTestId<HTMLButtonElement>(testid)
export const field = (testid: string) => screen.getByTestId<HTMLInputElement>(testid)

export async function ready(testid: string): Promise<void> {
  await waitFor(() => expect(button(testid).disabled).toBe(false))
}
