import { fireEvent, render, screen, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { tick } from 'svelte'
import Tooltips from './Tooltips.svelte'

const SOON_MS = 600

function element(text: string, title: string): HTMLElement {
  const made = document.createElement('span')
  made.textContent = text
  made.title = title
  document.body.append(made)
  return made
}

async function rest(on: Element): Promise<void> {
  await fireEvent.pointerOver(on)
  vi.advanceTimersByTime(SOON_MS)
  await tick()
}

beforeEach(() => {
  vi.useFakeTimers()
  render(Tooltips)
})
afterEach(() => {
  vi.useRealTimers()
  document.body.replaceChildren()
})

describe('a tooltip', () => {
  test('shows a title where the pointer rests, and gives it back', async () => {
    const icon = element('', 'Refresh')
    await rest(icon)
    expect(screen.getByTestId('tooltip').textContent?.trim()).toBe('Refresh')
    expect(icon.hasAttribute('title'), 'the web view shows none of its own').toBe(false)
    await fireEvent.pointerOver(document.body)
    expect(screen.queryByTestId('tooltip')).toBeNull()
    expect(icon.title).toBe('Refresh')
  })

  test('does not repeat what is shown whole', async () => {
    await rest(element('north', 'north'))
    expect(screen.queryByTestId('tooltip')).toBeNull()
  })

  test('does not explain a button that says what it does', async () => {
    const button = document.createElement('button')
    button.textContent = 'Name'
    button.title = 'Sort by name'
    document.body.append(button)
    await rest(button)
    expect(screen.queryByTestId('tooltip')).toBeNull()
  })

  test('goes with what it is about', async () => {
    const icon = element('', 'Refresh')
    await rest(icon)
    icon.remove()
    await waitFor(() => expect(screen.queryByTestId('tooltip')).toBeNull())
  })

  test('goes with a press, and never lies over a menu', async () => {
    const icon = element('', 'More actions')
    await rest(icon)
    await fireEvent.pointerDown(icon)
    expect(screen.queryByTestId('tooltip')).toBeNull()
    await fireEvent.pointerOver(document.body)
    const menu = document.createElement('div')
    menu.setAttribute('role', 'menu')
    document.body.append(menu)
    await rest(icon)
    expect(screen.queryByTestId('tooltip')).toBeNull()
  })

  test('leaves another title alone that came meanwhile', async () => {
    const icon = element('', 'Stop')
    await rest(icon)
    icon.title = 'Refresh'
    await fireEvent.pointerOver(document.body)
    expect(icon.title).toBe('Refresh')
  })
})
