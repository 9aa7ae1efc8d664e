/** What the window asks of the program behind it: one method a command, and one stream of events. */
import type {
  AccountView,
  ActivityView,
  AppliedView,
  ApplyPreviewView,
  ArtifactView,
  AttentionView,
  BackupView,
  VendorPageView,
  ChangedSettings,
  CertificateView,
  CheckOutView,
  ConnectRequest,
  Copied,
  CoreView,
  CreateForm,
  CreateRequest,
  DeletePlanView,
  DeletionView,
  DetailView,
  ErrorView,
  Event,
  ExportDone,
  ExportPreview,
  ExportRequest,
  FileOfLicense,
  FileView,
  FoundFile,
  GitPlanView,
  ImportPlan,
  Imported,
  InstanceView,
  ListQuery,
  ListWindow,
  Opening,
  Outcome,
  PackagesView,
  Recognised,
  ReplacedView,
  ReleaseView,
  RestoredView,
  RestorePlanView,
  Revealed,
  RowView,
  RunPlanView,
  SeatsView,
  SettingsView,
  SetupDraft,
  StoredThing,
  TableRequest,
  Tested,
  TokenSource,
  UnfinishedWriteView,
  ValidationView,
  VaultView,
  ViewCounts,
  WriteAllRequest,
  WritePlanView,
  WritingView,
} from './generated'

/** Every method rejects with an `ErrorView`. */
export interface Backend {
  /** All of the first paint. */
  opening(query: ListQuery): Promise<Opening>
  /** The first paint is there: settling and refreshing begin. */
  painted(): Promise<void>
  /** Draws the whole page this many times as large. */
  zoom(factor: number): Promise<void>
  list(query: ListQuery, offset: number, limit: number): Promise<ListWindow>
  /** What needs attention: problems of licenses, files and accounts, the most urgent first. */
  attention(): Promise<AttentionView>
  /** The place of a license in the query's order, or null where the query does not have it. */
  place(query: ListQuery, license: string): Promise<number | null>
  counts(): Promise<ViewCounts>
  accounts(): Promise<AccountView[]>
  /** Facts, and what can be fetched of them from the vendor when the row is opened. */
  detail(license: string): Promise<DetailView>
  /** Asks the vendor for what is missing of a license, or may have changed, at once. */
  fetchAgain(license: string): Promise<void>

  recognise(text: string): Promise<Recognised>
  foundFiles(): Promise<FoundFile[]>
  testAccount(request: ConnectRequest): Promise<Tested>
  keepAccount(ticket: string, name: string): Promise<AccountView>
  /** Starts the local portal, makes a project and a token there, and keeps the account. */
  connectLocal(name: string): Promise<AccountView>
  renameAccount(account: number, name: string): Promise<AccountView>
  /** Keeps another login for an account, with what else of it changes; everything that is not named stays. */
  newLogin(
    account: number,
    fields: Record<string, string>,
    secrets: Record<string, string>,
  ): Promise<AccountView>
  /** Changes fields of an account that need no new login; an empty text removes one. */
  editAccount(account: number, fields: Record<string, string>): Promise<AccountView>
  /** Ends an account's session at its vendor and forgets it; licenses, files and history stay. */
  signOut(account: number): Promise<AccountView>
  /** Takes an account off this computer; answers why its session goes on at the vendor, where it does. */
  removeAccount(account: number, typed: string): Promise<ErrorView | null>
  /** What importing a pasted key would do, and its license file: nothing is kept or written. */
  planImport(text: string): Promise<ImportPlan>
  suggestedImportPath(text: string, name: string | null, format: string): Promise<string>
  previewImport(text: string, name: string | null, request: ExportRequest): Promise<ExportPreview>
  importText(text: string, name: string | null): Promise<Imported>
  importPaths(paths: string[]): Promise<Imported[]>
  saveDraft(draft: SetupDraft): Promise<void>
  finishSetup(): Promise<void>
  /** Opens the wizard again: an empty draft. */
  startSetup(): Promise<SetupDraft>

  /** May open the keyring's own prompt; answers when it was answered. */
  unlockKeyring(): Promise<VaultView>
  unlockWithPassphrase(passphrase: string): Promise<VaultView>
  /** Makes the passphrase the way in, on a home that has none yet or is unlocked. */
  setPassphrase(passphrase: string): Promise<VaultView>
  sessionOnly(): Promise<VaultView>
  /** Drops every token, key and way in; accounts, licenses, files and settings stay. */
  forgetSecrets(typed: string): Promise<VaultView>

  createForm(account: number): Promise<CreateForm>
  /** How many licenses of the account bear the name already. */
  sameName(account: number, name: string): Promise<number>
  create(request: CreateRequest): Promise<Outcome>
  remove(license: string, typed: string): Promise<Outcome>
  removeLicense(license: string, typed: string): Promise<void>
  /** What deleting these licenses would do. Nothing is sent. */
  deletePlan(licenses: string[]): Promise<DeletePlanView>
  /** Deletes them one after the other; `typed` must be their number. Each that ends is an event. */
  deleteAll(licenses: string[], typed: string): Promise<DeletionView[]>
  /** The folder that is offered for the files of these licenses. */
  suggestedFolder(licenses: string[]): Promise<string>
  /** Which license files would be written. Nothing is. */
  writePlan(request: WriteAllRequest): Promise<WritePlanView>
  /** Writes them one after the other. Each that ends is an event. */
  writeAll(request: WriteAllRequest): Promise<WritingView[]>
  /** What an interruption left unwritten. */
  unfinishedWrite(): Promise<UnfinishedWriteView | null>
  forgetUnfinishedWrite(): Promise<void>
  /** Lets the action on several licenses end with the license that it is at. */
  stopSelection(): Promise<void>
  /** The rows of these licenses, whichever part of the list is drawn. */
  rows(licenses: string[]): Promise<RowView[]>
  /** Writes licenses as CSV; returns how many. */
  exportTable(request: TableRequest): Promise<number>
  /** The licenses that an interrupted deletion did not reach. */
  unfinishedDelete(): Promise<string[]>
  forgetUnfinishedDelete(): Promise<void>
  /**
   * Creates a license, writes every file of an old one with it, checks, and deletes the old one; `typed` confirms that.
   * Interrupted, `DetailView.replacing` tells how far it is.
   */
  replace(license: string, request: CreateRequest, typed: string): Promise<ReplacedView>
  resumeReplace(license: string): Promise<ReplacedView>
  /** Leaves both licenses as they are. */
  giveUpReplace(license: string): Promise<void>
  refresh(account: number | null): Promise<void>
  cancelRefresh(account: number): Promise<void>

  suggestedPath(license: string, format: string): Promise<string>
  pickPath(suggested: string): Promise<string | null>
  pickFiles(): Promise<string[]>
  previewExport(request: ExportRequest): Promise<ExportPreview>
  writeExport(request: ExportRequest): Promise<ExportDone>
  /** Every written file, those that need attention first. */
  everyFile(): Promise<FileOfLicense[]>
  repairFile(file: number): Promise<FileView>
  keepFile(file: number, keep: boolean): Promise<FileView>
  /** Stops watching a file; the file itself stays. */
  releaseFile(file: number): Promise<void>
  /** Takes a release back, as long as the program runs. */
  watchAgain(file: number): Promise<void>

  /** The backups beside the files of a license. */
  backupsBeside(license: string): Promise<BackupView[]>
  /** The known backups that contain a key of a license; without one, those that contain any license key. */
  heldBackups(license: string | null): Promise<BackupView[]>
  /** The known backups that contain a key of a license of an account. */
  heldBackupsOfAccount(account: number): Promise<BackupView[]>
  /** What restoring a backup would do; nothing is written. */
  restorePlan(file: string, number: number): Promise<RestorePlanView>
  /** Writes a backup back. What the file contains is kept as another backup; the file's name is typed. */
  restoreBackup(file: string, number: number, inPlace: boolean, typed: string): Promise<RestoredView>
  /** Removes backups that Licet made; the file's name is typed. */
  removeBackups(file: string, numbers: number[], typed: string): Promise<void>
  /** What git would do with a license file and its backups. */
  gitPlan(path: string, makesBackup: boolean): Promise<GitPlanView>

  /** What an instance tells of itself; each part of it may fail by itself. */
  instance(account: number): Promise<InstanceView>
  /** Looks a token over; nothing of it is sent. */
  preflightToken(account: number, source: TokenSource): Promise<ApplyPreviewView>
  /** Gives an instance a token. Where something is wrong with it, nothing is sent unless `force` says so. */
  applyToken(account: number, source: TokenSource, force: boolean): Promise<AppliedView>
  /** Has an instance ask its issuer for a new token. */
  renewToken(account: number): Promise<AppliedView>
  /** Takes an instance's token away; its root URL is typed. */
  removeToken(account: number, typed: string): Promise<void>
  /** Looks an instance's earlier token over; nothing of it is sent. */
  preflightEarlier(account: number): Promise<ApplyPreviewView>
  /** Gives an instance its earlier token back, under the same rule as another token. */
  restoreToken(account: number, force: boolean): Promise<AppliedView>

  /** Asks the vendor on which machines a license is in use. */
  seats(license: string): Promise<SeatsView>
  /** Takes the seat from a machine, whose name was typed. */
  releaseSeat(license: string, machine: string, typed: string): Promise<void>
  /** Asks a license's own vendor whether its key is good. */
  /** What a license gives access to at its vendor's package registry. */
  packages(license: string): Promise<PackagesView>
  releases(license: string, package_: string): Promise<ReleaseView[]>
  artifacts(license: string, release: string): Promise<ArtifactView[]>
  /** Runs the container client with the license file on its standard input; answers what it said. */
  registryLogin(license: string, user: string): Promise<string>
  /** Checks a certificate out; the file in the format `certificate` that is written next holds it. */
  checkOut(license: string, terms: CheckOutView): Promise<CertificateView>
  /** Brings in a certificate with what helps to read it. A file's text never reaches the page. */
  importCertificate(
    source: TokenSource,
    licenseKey: string | null,
    issuerKey: string | null,
  ): Promise<Imported>
  validate(license: string): Promise<ValidationView>

  pickFolder(suggested: string): Promise<string | null>
  /** What running a license from a compose folder would do; nothing is written. */
  runPlan(license: string, folder: string): Promise<RunPlanView>
  /** Writes a license into the `.env` of a compose folder. */
  runHere(license: string, folder: string, keep: boolean): Promise<ExportDone>
  /** Opens the vendor's page and watches the account; what arrives is told as `arrived`. */
  finishOnVendorPage(account: number): Promise<VendorPageView>
  stopWatching(account: number): Promise<void>

  /** What the Core on this computer tells; null where the license's product has none. */
  core(license: string): Promise<CoreView | null>
  /** Opens the prepared message of a next step in the mail program; without a license, one of the product's first steps. */
  openStep(license: string | null, product: string, step: string): Promise<void>
  markLeaked(license: string, leaked: boolean): Promise<void>
  /** Brings in the key that takes a leaked one's place. */
  succeed(license: string, text: string): Promise<Imported>

  reveal(license: string): Promise<Revealed>
  copyKey(license: string): Promise<Copied>
  copyText(text: string): Promise<void>

  activity(before: number | null, limit: number): Promise<ActivityView[]>
  stored(): Promise<StoredThing[]>
  forgetEverything(typed: string): Promise<void>
  changeSettings(settings: SettingsView): Promise<ChangedSettings>
  /** Opens a vendor's page, or a hosted instance, in the browser. */
  openPage(url: string): Promise<void>
  /** Opens the local portal's page by a one-time ticket. */
  openPortal(): Promise<void>

  listen(heard: (event: Event) => void): Promise<() => void>
}
