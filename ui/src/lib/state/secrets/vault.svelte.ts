/** Whether keys can be read, and the ways to unlock them. */
import type { Backend } from '../../ipc/backend'
import type { ErrorView, VaultView } from '../../ipc/generated'
import { Action } from '../action/action.svelte'

export class Vault {
  view = $state.raw<VaultView>({ state: 'new', keyring: 'ready' })
  #changing = new Action()

  constructor(private readonly backend: Backend) {}

  get busy(): boolean {
    return this.#changing.busy
  }

  get error(): ErrorView | null {
    return this.#changing.error
  }

  get locked(): boolean {
    return ['locked-by-keyring', 'locked-by-passphrase', 'slots-lost'].includes(this.view.state)
  }

  /** Whether a keyring is there and open, so that the wizard need not ask where keys are kept. */
  get ready(): boolean {
    return this.view.state !== 'new' ? !this.locked : this.view.keyring === 'ready'
  }

  /** What keeps the secrets closed: the last failure, or what is known before anything is tried. */
  get problem(): ErrorView | null {
    if (this.error !== null) return this.error
    const { state, keyring } = this.view
    if (state === 'slots-lost') return { code: 'slots-lost', args: {}, detail: null }
    const isLost = state === 'locked-by-keyring' && keyring === 'lost-entry'
    return isLost ? { code: 'keyring-lost-entry', args: {}, detail: null } : null
  }

  changed(view: VaultView): void {
    this.view = view
    if (!this.locked) this.#changing.clear()
  }

  unlockKeyring = () => this.#try(() => this.backend.unlockKeyring())
  unlockWithPassphrase = (passphrase: string) =>
    this.#try(() => this.backend.unlockWithPassphrase(passphrase))
  setPassphrase = (passphrase: string) => this.#try(() => this.backend.setPassphrase(passphrase))
  sessionOnly = () => this.#try(() => this.backend.sessionOnly())

  /** Drops every secret, and every way in to them; a refusal is told to whoever asked. */
  async forgetSecrets(typed: string): Promise<void> {
    this.changed(await this.backend.forgetSecrets(typed))
  }

  #try(step: () => Promise<VaultView>): Promise<boolean> {
    return this.#changing.run(async () => this.changed(await step()))
  }
}
