/** The wizard's account at the local portal: made once, and taken back where the user left it meanwhile. */
import type { Backend } from '$lib/ipc/backend'
import type { AccountView } from '$lib/ipc/generated'
import { Action } from '$lib/state/action/action.svelte'

export class LocalStart {
  #starting = new Action()
  #wanted: string | null = null
  #made = new Map<string, Promise<AccountView>>()
  #leave: () => void = () => {}

  constructor(private readonly backend: Backend) {}

  get starting(): boolean {
    return this.#starting.busy
  }

  /** Starts the portal and connects it; null where the user left it meanwhile. */
  async start(name: string): Promise<AccountView | null> {
    this.#wanted = name
    const left = new Promise<null>((leave) => (this.#leave = () => leave(null)))
    const started = Promise.race([this.#made.get(name) ?? this.#make(name), left])
    await this.#starting.ask(
      () => started,
      () => {},
    )
    return started
  }

  /** Leaves it. What comes of it all the same is taken back, unless it is wanted again by then. */
  stop(): void {
    this.#wanted = null
    this.#leave()
  }

  #make(name: string): Promise<AccountView> {
    const made = this.backend.connectLocal(name).finally(() => this.#made.delete(name))
    this.#made.set(name, made)
    // Whoever waits for it hears of its failure.
    made.then((account) => this.#takeBack(name, account)).catch(() => undefined)
    return made
  }

  async #takeBack(name: string, account: AccountView): Promise<void> {
    if (this.#wanted !== name) await this.backend.removeAccount(account.id, account.name)
  }
}
