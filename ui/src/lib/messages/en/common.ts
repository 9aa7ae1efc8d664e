export const product = 'Licet'
export const cancel = 'Cancel'
export const goOn = 'Go on in the background'
export const close = 'Close'
export const typeToConfirm = (phrase: string) => `Type “${phrase}” to confirm`
export const dismiss = 'Dismiss'
export const copied = 'Copied'
export const browse = 'Browse…'
export const pageFailed = (why: string) => `Licet’s page could not be shown. Start Licet again. (${why})`
export const tryAgain = 'Try again'
export const askAgain = 'Ask again'
export const asOf = (when: string) => `as of ${when}`
export const undo = 'Undo'
export const back = 'Back'
export const more = 'More actions'
export const copy = 'Copy'
export const selectedText = 'Selected text'
export const copyCommand = 'Copy command'
export const opensInBrowser = 'opens in your browser'
export const details = 'What it said'
export const openWindowFailed = 'Licet could not open its library'
export const openingWindow = 'Opening your library'
/** Stands between two short facts on a line. */
export const between = ' · '
export const importDone = (imported: number) =>
  imported === 1 ? '1 license imported' : `${imported} licenses imported`
export const importKnown = (label: string) => `${label} is in your library already`
export const importFailed = (source: string, why: string) => `${source}: ${why}`
export const clipboardCleared = 'The key was cleared from the clipboard'
export const keyCopied = (seconds: number) => `Key copied. The clipboard is cleared in ${seconds} s.`
export const textCopied = 'Copied to the clipboard'
export const settledDone = (verb: string, label: string) =>
  verb === 'create' ? `“${label}” was created after all` : `“${label}” was deleted after all`
export const settledNot = (verb: string, label: string) =>
  verb === 'create' ? `“${label}” was not created` : `“${label}” was not deleted`
export const paneWidth = (pane: string) => `Width of the ${pane}`
