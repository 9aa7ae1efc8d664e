/** A request that a dialog sends. It continues after the dialog is closed, and its failure is then a toast. */
import { onDestroy } from 'svelte'
import type { ErrorView } from '../../ipc/generated'
import { asErrorView } from '../../messages/errors'
import type { App } from '../app.svelte'

/** Created in the script of its dialog, since it has to learn when that is closed. */
export class DialogRequest {
  busy = $state(false)
  error = $state.raw<ErrorView | null>(null)
  /** Whether the dialog was closed. */
  left = false

  constructor(private readonly app: App) {
    onDestroy(() => (this.left = true))
  }

  /** Sends it, unless an earlier one is not answered yet. */
  async send(request: () => Promise<void>): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.error = null
    try {
      await request()
    } catch (thrown) {
      this.error = asErrorView(thrown)
      if (this.left) this.app.sayError(this.error)
    } finally {
      this.busy = false
    }
  }
}
