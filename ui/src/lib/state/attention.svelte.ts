/** What needs attention. */
import type { Backend } from '../ipc/backend'
import type { AttentionView } from '../ipc/generated'

export class Attention {
  view = $state.raw<AttentionView | null>(null)

  constructor(private readonly backend: Backend) {}

  get count(): number {
    return this.view === null ? 0 : this.view.items.length + this.view.moreLicenses
  }

  async again(): Promise<void> {
    this.view = await this.backend.attention()
  }
}
