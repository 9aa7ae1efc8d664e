/** The one license that the detail pane shows, its key while it is revealed, and its files. */
import { SvelteSet } from 'svelte/reactivity'
import type { Backend } from '../../ipc/backend'
import type { DetailView, ErrorView, FileView } from '../../ipc/generated'
import { Action } from '../action/action.svelte'

export class Detail {
  view = $state.raw<DetailView | null>(null)
  /** The key while it is revealed, and how long it still is. */
  revealed = $state.raw<string | null>(null)
  secondsLeft = $state(0)
  copiedFor = $state(0)
  #license = $state.raw<string | null>(null)
  /** The licenses whose key the vendor is being asked for. */
  #fetching = new SvelteSet<string>()
  #asking = new Action()
  #asked: Promise<unknown> = Promise.resolve()
  #hiding: ReturnType<typeof setInterval> | undefined
  #copying: ReturnType<typeof setInterval> | undefined

  constructor(private readonly backend: Backend) {}

  get error(): ErrorView | null {
    return this.#asking.error
  }

  get loading(): boolean {
    return this.#asking.busy
  }

  get license(): string | null {
    return this.#license
  }

  async show(license: string | null): Promise<void> {
    if (license === this.#license) return
    this.#license = license
    this.hide()
    this.#uncopied()
    this.#asking.drop()
    if (license === null) {
      this.view = null
      return
    }
    await this.again()
  }

  /** The details of a license as soon as they are there; null where they are not to be had, or another is shown by then. */
  async of(license: string): Promise<DetailView | null> {
    if (license !== this.#license) void this.show(license)
    // What is asked may be asked again before it is answered, as after a change of the library.
    let asked: Promise<unknown> | null = null
    while (this.view?.row.id !== license && this.#license === license && asked !== this.#asked) {
      asked = this.#asked
      await asked
    }
    return this.view?.row.id === license ? this.view : null
  }

  async again(): Promise<void> {
    const license = this.#license
    if (license === null) return
    this.#asked = this.#asking.ask(
      () => this.backend.detail(license),
      (view) => (this.view = view),
      () => (this.view = null),
    )
    await this.#asked
  }

  async reveal(): Promise<void> {
    const license = this.#license
    if (license === null) return
    const { key, seconds } = await this.backend.reveal(license)
    if (license !== this.#license) return
    this.revealed = key
    this.#hiding = this.#countDown(seconds, (left) => {
      this.secondsLeft = left
      if (left === 0) this.hide()
    })
  }

  hide(): void {
    clearInterval(this.#hiding)
    this.revealed = null
    this.secondsLeft = 0
  }

  /** Puts the key on the clipboard; says for how many seconds it is there. */
  async copy(): Promise<number> {
    const license = this.#license
    if (license === null) return 0
    const { seconds } = await this.backend.copyKey(license)
    if (license !== this.#license) return seconds
    clearInterval(this.#copying)
    this.#copying = this.#countDown(seconds, (left) => {
      this.copiedFor = left
      if (left === 0) this.#uncopied()
    })
    return seconds
  }

  async repair(file: number): Promise<FileView> {
    return this.#swap(await this.backend.repairFile(file))
  }

  async keep(file: number, keep: boolean): Promise<FileView> {
    return this.#swap(await this.backend.keepFile(file, keep))
  }

  /** Stops watching a file. */
  async release(file: number): Promise<void> {
    await this.backend.releaseFile(file)
  }

  /** Takes a release back. */
  async watchAgain(file: number): Promise<void> {
    await this.backend.watchAgain(file)
  }

  /** Whether the vendor is being asked for the key of the license that is shown. */
  get fetching(): boolean {
    return this.#license !== null && this.#fetching.has(this.#license)
  }

  /** Asks the vendor for the key again; says whether it is the present one now, null where another license is shown by then. */
  async fetchAgain(): Promise<boolean | null> {
    const license = this.#license
    if (license === null || this.#fetching.has(license)) return null
    this.#fetching.add(license)
    try {
      await this.backend.fetchAgain(license)
      if (license !== this.#license) return null
      await this.again()
    } finally {
      this.#fetching.delete(license)
    }
    return this.view?.row.id === license ? !this.view.key.stale : null
  }

  #swap(file: FileView): FileView {
    if (this.view) {
      this.view = { ...this.view, files: this.view.files.map((one) => (one.id === file.id ? file : one)) }
    }
    return file
  }

  #uncopied(): void {
    clearInterval(this.#copying)
    this.copiedFor = 0
  }

  #countDown(seconds: number, tick: (left: number) => void): ReturnType<typeof setInterval> {
    const end = Date.now() + seconds * 1000
    tick(seconds)
    return setInterval(() => tick(Math.max(0, Math.ceil((end - Date.now()) / 1000))), 250)
  }
}
