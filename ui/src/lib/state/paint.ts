/** Does something once what was drawn is on the screen. A page that nobody sees is not painted: at once then. */
export function afterPaint(act: () => void): void {
  if (document.hidden) act()
  // The first callback runs before the paint, the second after it.
  else requestAnimationFrame(() => requestAnimationFrame(act))
}
