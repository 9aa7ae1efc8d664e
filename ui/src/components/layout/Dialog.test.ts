import { render, screen } from '@testing-library/svelte'
import { createRawSnippet } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import Dialog from './Dialog.svelte'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function opened(busy: boolean) {
  const onclose = vi.fn()
  const children = createRawSnippet(() => ({ render: () => '<input aria-label="inside" data-autofocus />' }))
  render(Dialog, { title: 'A question', onclose, busy, children })
  const dialog = screen.getByRole('dialog')
  const escape = () => dialog.dispatchEvent(new Event('cancel', { cancelable: true }))
  return { onclose, dialog, escape }
}

test('takes the focus to where typing begins', () => {
  opened(false)
  expect(document.activeElement).toBe(screen.getByLabelText('inside'))
})

test('is named by its title', () => {
  expect(opened(false).dialog.getAttribute('aria-labelledby')).toBe(
    screen.getByRole('heading', { name: 'A question' }).id,
  )
})

test('Escape closes it', () => {
  const { escape, onclose } = opened(false)
  escape()
  expect(onclose).toHaveBeenCalledOnce()
})

test('Escape does not close it while something is under way, until that takes long', () => {
  const { escape, onclose } = opened(true)
  escape()
  expect(onclose).not.toHaveBeenCalled()
  vi.advanceTimersByTime(2_000)
  escape()
  expect(onclose).toHaveBeenCalledOnce()
})
