/** Backups that contain a key which is about to go, and the offer to remove them. */
import { fileName } from '../../format/text'
import type { Backend } from '../../ipc/backend'
import type { BackupView } from '../../ipc/generated'
import { Action } from '../action/action.svelte'

export class HeldBackups {
  all = $state.raw<BackupView[]>([])
  /** Whether the user wants them removed with the key. */
  remove = $state(false)
  #looking = new Action()

  constructor(
    private readonly backend: Backend,
    /** Finds them. */
    private readonly find: () => Promise<BackupView[]>,
  ) {}

  /** Whether it is not known what there is. */
  get failed(): boolean {
    return this.#looking.error !== null
  }

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
    await this.#looking.ask(this.find, (all) => (this.all = all))
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
