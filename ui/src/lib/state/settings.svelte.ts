/** What a user has set, and how the page follows it. */
import type { Backend } from '../ipc/backend'
import type { ColumnView, ErrorView, SettingsView } from '../ipc/generated'
import { tidy, type Having } from './list/columns'
import { look } from './window/theme'

const DEFAULTS: SettingsView = {
  appearance: 'system',
  density: 'comfortable',
  launcherFile: null,
  coreAddress: null,
  issuerKeys: [],
  expiresSoonDays: 30,
  columns: [],
}

export class Settings {
  view = $state.raw<SettingsView>(DEFAULTS)
  /** What in the settings file cannot be used. */
  problems = $state.raw<ErrorView[]>([])

  /** Changes that are not answered yet: the answer to the last one has the present settings. */
  #changing = 0

  constructor(
    private readonly backend: Backend,
    /** What the licenses of the connected vendors have. */
    private readonly having: () => Having = () => ({ kinds: true, use: true }),
  ) {}

  get columns(): ColumnView[] {
    return tidy(this.view.columns, this.having())
  }

  start(view: SettingsView, problems: ErrorView[]): void {
    this.view = view
    this.problems = problems
    this.#follow()
  }

  /** They were changed, perhaps in their file. */
  changed(view: SettingsView, problems: ErrorView[]): void {
    if (this.#changing === 0) this.start(view, problems)
  }

  /** Shown at once, then kept; where it cannot be kept the old one is back and the error is thrown. */
  async change(part: Partial<SettingsView>): Promise<void> {
    const before = this.view
    this.view = { ...before, ...part }
    this.#follow()
    this.#changing++
    try {
      const { settings, problems } = await this.backend.changeSettings(this.view)
      this.view = settings
      this.problems = problems
    } catch (thrown) {
      this.view = before
      throw thrown
    } finally {
      this.#changing--
      this.#follow()
    }
  }

  /** Widths while a column's edge is dragged: shown, not kept yet. */
  preview(columns: ColumnView[]): void {
    this.view = { ...this.view, columns }
  }

  #follow(): void {
    document.documentElement.dataset.density = this.view.density
    look(this.view.appearance)
  }
}
