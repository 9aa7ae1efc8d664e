/** What is told of a file whose dialog was left before it was written. */
import { fileName } from '../../format/text'
import type { ExportDone } from '../../ipc/generated'
import { m } from '../../messages'
import type { App } from '../app.svelte'

export function tellWritten(app: App, done: ExportDone | null): void {
  if (done === null) return
  const name = fileName(done.file.shown)
  if (done.outdated) app.toasts.say(m.exporting.writtenOutdated(name), 'bad')
  else app.toasts.say(m.exporting.written(name), 'good')
}
