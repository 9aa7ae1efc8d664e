/** The one instance of a made-up program: its license in the detail pane, and the dialog that applies a token. */
import { screen, waitFor } from '@testing-library/svelte'
import { expect } from 'vitest'
import type { Scenario } from '../src/lib/ipc/fake/scenarios'
import { openWindow } from './window'

export const TOKEN = 'eyJhbGciOiJFZERTQSJ9.eyJzdWIi.c2ln'
/** A button once it can be pressed. */
export const ready = (testid: string) =>
  waitFor(() => {
    const found = screen.getByTestId<HTMLButtonElement>(testid)
    expect(found.disabled).toBe(false)
    return found
  })
export const button = (testid: string) => screen.getByTestId<HTMLButtonElement>(testid)

/** The one instance's license in the detail pane. */
export async function opened(scene = 'instance', change: Partial<Scenario> = {}) {
  const window = await openWindow(scene, change)
  await window.select('L604')
  await screen.findByTestId('instance-root')
  return window
}

/** The dialog that applies a token, from the pane's first button. */
export async function applying(change: Partial<Scenario> = {}) {
  const window = await opened('instance', change)
  await window.user.click(screen.getByTestId('apply-open'))
  const paste = async (text: string) => {
    await window.user.click(await screen.findByTestId('instance-paste'))
    await window.user.paste(text)
  }
  await screen.findByTestId('instance-paste')
  return { ...window, paste }
}

export const pasted = async (text: string, change: Partial<Scenario> = {}) => {
  const window = await applying(change)
  await window.paste(text)
  return window
}

/** The token is applied, and its dialog closed. */
export async function applied(change: Partial<Scenario> = {}) {
  const window = await pasted(TOKEN, change)
  await window.user.click(await ready('apply-send'))
  await window.user.click(await screen.findByTestId('apply-close'))
  return window
}
