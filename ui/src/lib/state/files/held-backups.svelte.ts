/** Backups that contain a key which is about to go, and the offer to remove them. */
import { fileName } from '../../format/text'
import type { Backend } from '../../ipc/backend'
import type { BackupView } from '../../ipc/generated'

export class HeldBackups {
  all = $state.raw<BackupView[]>([])
  /** Whether the user wants them removed with the key. */
  remove = $state(false)
  failed = $state(false)
  #turn = 0

  constructor(
    private readonly backend: Backend,
    /** Finds them. */
    private readonly find: () => Promise<BackupView[]>,
  ) {}

  /** Those that Licet removes. */
  get own(): BackupView[] {
    return this.all.filter(({ own }) => own)
  }

  /** Those that another program made or changed. */
  get foreign(): BackupView[] {
    return this.all.filter(({ own }) => !own)
  }

  /** Looks for them. What was asked for does not depend on it, so a failure is only shown. */
  async look(): Promise<void> {
    const turn = ++this.#turn
    try {
      const all = await this.find()
      if (turn !== this.#turn) return
      this.all = all
      this.failed = false
    } catch {
      if (turn === this.#turn) this.failed = true
    }
  }

  /** Removes them where the user asked for that. */
  async removeIfChosen(): Promise<void> {
    if (this.remove) await this.removeOwn()
  }

  /** Removes them; says how many there were. */
  async removeOwn(): Promise<number> {
    const { own } = this
    for (const file of new Set(own.map((one) => one.file))) {
      const numbers = own.filter((one) => one.file === file).map(({ number }) => number)
      await this.backend.removeBackups(file, numbers, fileName(file))
    }
    return own.length
  }
}
