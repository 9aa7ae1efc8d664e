/** What its vendor says of one license's key. */
import type { Backend } from '$lib/ipc/backend'
import type { ValidationView } from '$lib/ipc/generated'
import { Asked } from '$lib/state/action/asked.svelte'

/** An answer with a bad signature is an error: it was verified where the key was known when it was asked for. */
type Answer = ValidationView & { verified: boolean | null }

export class Validation extends Asked<Answer> {
  constructor(backend: Backend, license: string, verifies: () => boolean | null) {
    super(async () => {
      const verified = verifies()
      return { ...(await backend.validate(license)), verified }
    })
  }

  protected override failed(): void {
    // An answer from before is not one to this question.
    this.view = null
  }
}
