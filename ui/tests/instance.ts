/** The license of an instance in the window, and the dialogs that change its token. */
import { screen, waitFor } from '@testing-library/svelte'
import { expect } from 'vitest'
import type { Scenario } from '../src/lib/ipc/fake/scenarios'
import { openWindow } from './window'

export const TOKEN = 'eyJhbGciOiJFZERTQSJ9.eyJzdWIi.c2ln'
export const ROOT = 'https://play.example/metrics'

export const button = (testid: string) => screen.getByTestId<HTMLButtonElement>(testid)

/** A button once it can be pressed. */
export const ready = (testid: string) =>
  waitFor(() => {
    const found = button(testid)
    expect(found.disabled).toBe(false)
    return found
  })

/** The one instance's license in the detail pane. */
export async function opened(change: Partial<Scenario> = {}) {
  const window = await openWindow('instance', change)
  await window.select('L604')
  await screen.findByTestId('instance-root')
  /** Chooses from the pane's menu. */
  const choose = async (testid: string) => {
    await window.user.click(screen.getByTestId('detail-menu'))
    await window.user.click(await screen.findByTestId(testid))
  }
  return { ...window, choose }
}

/** The dialog that applies a token, from the pane's first button. */
export async function applying(change: Partial<Scenario> = {}) {
  const window = await opened(change)
  await window.user.click(button('apply-open'))
  await screen.findByTestId('instance-paste')
  return window
}

/** A token is pasted where the keyboard is. */
export async function pasted(text: string, change: Partial<Scenario> = {}) {
  const window = await applying(change)
  await window.user.paste(text)
  return window
}

/** The token is applied, and its dialog closed. */
export async function applied(change: Partial<Scenario> = {}) {
  const window = await pasted(TOKEN, change)
  await window.user.click(await ready('apply-send'))
  await window.user.click(await screen.findByTestId('apply-close'))
  return window
}
