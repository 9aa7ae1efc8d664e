/** What is told of a file whose dialog was left before it was written. */
import { fileName } from '../../format/text'
import type { ErrorView, ExportDone } from '../../ipc/generated'
import { m } from '../../messages'
import type { App } from '../app.svelte'

export function tellWritten(app: App, end: { done: ExportDone | null; error: ErrorView | null }): void {
  if (end.done?.outdated) app.toasts.say(m.exporting.writtenOutdated(fileName(end.done.file.shown)), 'bad')
  else if (end.done) app.toasts.say(m.exporting.written(fileName(end.done.file.shown)), 'good')
  else if (end.error) app.sayError(end.error)
}
