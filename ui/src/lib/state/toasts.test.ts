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

test('an announced step is taken once, when its toast goes', () => {
  const toasts = new Toasts()
  const commit = vi.fn()
  toasts.later('No longer watched', commit, vi.fn())
  expect(commit).not.toHaveBeenCalled()
  vi.advanceTimersByTime(60_000)
  expect(commit).toHaveBeenCalledOnce()
})

test('Undo keeps an announced step from being taken', () => {
  const toasts = new Toasts()
  const [commit, undo] = [vi.fn(), vi.fn()]
  toasts.later('No longer watched', commit, undo)
  toasts.undo(toasts.shown[0]?.id ?? 0)
  vi.advanceTimersByTime(60_000)
  expect(undo).toHaveBeenCalledOnce()
  expect(commit).not.toHaveBeenCalled()
})

test('more than three push the oldest out, and what it announced is done', () => {
  const toasts = new Toasts()
  const commit = vi.fn()
  toasts.later('first', commit, vi.fn())
  for (const text of ['second', 'third', 'fourth']) toasts.say(text)
  expect(toasts.shown.map(({ text }) => text)).toEqual(['second', 'third', 'fourth'])
  expect(commit).toHaveBeenCalledOnce()
})
