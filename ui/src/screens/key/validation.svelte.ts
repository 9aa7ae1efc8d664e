/** What its vendor says of one license's key. */
import type { Backend } from '$lib/ipc/backend'
import type { ErrorView, ValidationView } from '$lib/ipc/generated'
import { asErrorView } from '$lib/messages/errors'

export class Validation {
  answer = $state.raw<ValidationView | null>(null)
  error = $state.raw<ErrorView | null>(null)
  busy = $state(false)

  constructor(
    private readonly backend: Backend,
    private readonly license: string,
  ) {}

  async ask(): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.error = null
    try {
      this.answer = await this.backend.validate(this.license)
    } catch (thrown) {
      // An answer from before is not one to this question.
      this.answer = null
      this.error = asErrorView(thrown)
    } finally {
      this.busy = false
    }
  }
}
