import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Toasts } from './toasts.svelte'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('news goes by itself', () => {
  const toasts = new Toasts()
  toasts.say('Copied')
  expect(toasts.shown).toHaveLength(1)
  vi.advanceTimersByTime(5_000)
  expect(toasts.shown).toHaveLength(0)
})

test('what was done is undone once, on a user’s word alone', () => {
  const toasts = new Toasts()
  const undo = vi.fn()
  toasts.done('No longer watched', undo)
  const id = toasts.shown[0]?.id ?? 0
  toasts.act(id)
  toasts.act(id)
  expect(undo).toHaveBeenCalledOnce()
  toasts.done('No longer watched', undo)
  vi.advanceTimersByTime(60_000)
  expect(toasts.shown).toHaveLength(0)
  expect(undo).toHaveBeenCalledOnce()
})

test('more than three push the oldest out', () => {
  const toasts = new Toasts()
  for (const text of ['first', 'second', 'third', 'fourth']) toasts.say(text)
  expect(toasts.shown.map(({ text }) => text)).toEqual(['second', 'third', 'fourth'])
})
