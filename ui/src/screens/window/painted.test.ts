import { expect, test, vi } from 'vitest'
import { openWindow } from '../../../tests/window'

test('refreshing begins once the first rows are on the screen, and once only', async () => {
  const frames: FrameRequestCallback[] = []
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame))
  const { calls } = await openWindow()
  expect(calls('painted')).toHaveLength(0)
  while (frames.length > 0) frames.shift()?.(0)
  expect(calls('painted')).toHaveLength(1)
  vi.unstubAllGlobals()
})
