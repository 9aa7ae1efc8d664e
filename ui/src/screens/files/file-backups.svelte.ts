/** The backups of one license file, and the one that is about to be restored or removed. */
import { fileName } from '$lib/format/text'
import type { Backend } from '$lib/ipc/backend'
import type { BackupView, ErrorView, RestorePlanView } from '$lib/ipc/generated'
import { Action } from '$lib/state/action/action.svelte'

export interface Chosen {
  action: 'restore' | 'remove'
  backup: BackupView
}

/** Failures that writing into the existing file avoids. */
const ONLY_IN_PLACE = ['file-other-owner', 'file-hard-linked', 'file-would-lose', 'file-mounted']

export class FileBackups {
  /** The oldest first; null until they are known. */
  all = $state.raw<BackupView[] | null>(null)
  chosen = $state.raw<Chosen | null>(null)
  /** What restoring the chosen one would do. */
  plan = $state.raw<RestorePlanView | null>(null)
  /** Whether the backup is written into the existing file. */
  inPlace = $state(false)
  /** Whether the user is asked that: only where it helps. */
  offersInPlace = $state(false)
  readonly changing = new Action()
  /** For the list, or for what restoring would do. */
  #asking = new Action()

  constructor(
    private readonly backend: Backend,
    private readonly license: string,
    private readonly file: string,
  ) {}

  get error(): ErrorView | null {
    return this.changing.error ?? this.#asking.error
  }

  async look(): Promise<void> {
    await this.#asking.ask(
      () => this.backend.backupsBeside(this.license),
      (beside) => (this.all = beside.filter(({ file }) => file === this.file)),
    )
  }

  async choose(action: Chosen['action'], backup: BackupView): Promise<void> {
    this.chosen = { action, backup }
    this.plan = null
    this.#forget()
    this.inPlace = false
    this.offersInPlace = false
    if (action === 'remove') return
    await this.#asking.ask(
      () => this.backend.restorePlan(this.file, backup.number),
      (plan) => (this.plan = plan),
    )
  }

  goBack(): void {
    this.chosen = null
    this.#forget()
  }

  /** Restores or removes the chosen one; says whether that was done. */
  async carryOut(): Promise<boolean> {
    if (!this.chosen) return false
    const { action, backup } = this.chosen
    const { inPlace } = this
    const typed = fileName(this.file)
    const done = await this.changing.run(async () => {
      if (action === 'restore') {
        await this.backend.restoreBackup(this.file, backup.number, inPlace, typed)
      } else await this.backend.removeBackups(this.file, [backup.number], typed)
    })
    if (!done) {
      this.offersInPlace ||= ONLY_IN_PLACE.includes(this.changing.error?.code ?? '')
      return false
    }
    this.goBack()
    await this.look()
    return true
  }

  /** Errors and answers of what was chosen before are not this one's. */
  #forget(): void {
    this.changing.clear()
    this.#asking.drop()
  }
}
