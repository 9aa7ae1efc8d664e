/**
 * Which dialog is open: one at most. It is kept here, and not in what it was opened from, because a change of the library
 * can take that away while the dialog waits for an answer.
 */
import type {
  AccountView,
  DetailView,
  ErrorView,
  FileView,
  RegistryView,
  RowView,
  SeatView,
  StepView,
  TokenSource,
  UnfinishedWriteView,
} from '../../ipc/generated'

export type OpenDialog =
  | { kind: 'create'; account: number | null; like?: DetailView }
  | { kind: 'remove'; license: DetailView }
  | { kind: 'remove-many'; licenses: string[] }
  | { kind: 'write-many'; licenses: string[]; before: UnfinishedWriteView | null }
  | { kind: 'export-table'; licenses: string[] }
  | { kind: 'export'; license: DetailView; format?: string }
  | { kind: 'certificate'; source: TokenSource; why: ErrorView }
  | { kind: 'backups'; license: string; file: FileView }
  | { kind: 'held-backups'; license: string; label: string }
  | { kind: 'run'; license: string; label: string; paths: readonly string[] }
  | { kind: 'replace'; license: DetailView }
  | { kind: 'by-hand'; account: number }
  | { kind: 'successor'; license: string; label: string }
  | {
      kind: 'release-seat'
      seat: SeatView
      label: string
      release: (seat: SeatView, typed: string) => Promise<void>
    }
  | { kind: 'registry-login'; license: string; registry: RegistryView; program: string }
  | { kind: 'step'; step: StepView; license: string | null; product: string }
  | { kind: 'rename-account'; account: AccountView }
  | { kind: 'renew-login'; account: AccountView }
  | { kind: 'edit-account'; account: AccountView }
  | { kind: 'sign-out'; account: AccountView }
  | { kind: 'remove-account'; account: AccountView }
  | { kind: 'apply-token'; account: number }
  | { kind: 'restore-token'; account: number }
  | { kind: 'remove-token'; account: number; root: string }
  | { kind: 'forget-secrets' }
  | { kind: 'shortcuts' }

export class Dialogs {
  open = $state.raw<OpenDialog | null>(null)

  show(dialog: OpenDialog): void {
    this.open = dialog
  }

  /** Shows the prepared message of a step about a license. */
  showStep(step: StepView, { id, product }: Pick<RowView, 'id' | 'product'>): void {
    this.open = { kind: 'step', step, license: id, product }
  }

  close(): void {
    this.open = null
  }
}
