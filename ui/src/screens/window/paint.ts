/** Does something once what was drawn is on the screen: the first callback runs before the paint, the second after it. */
export function afterPaint(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act))
}
