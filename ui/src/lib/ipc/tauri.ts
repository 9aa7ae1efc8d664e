/** The program behind the window, over Tauri: a command is the method's name in snake case. */
import { invoke } from '@tauri-apps/api/core'
import { listen } from '@tauri-apps/api/event'
import type { Backend } from './backend'
import type { Event } from './generated'

const CHANNEL = 'licet'

export const tauri: Backend = {
  opening: (query) => invoke('opening', { query }),
  painted: () => invoke('painted'),
  zoom: (factor) => invoke('plugin:webview|set_webview_zoom', { label: 'main', value: factor }),
  list: (query, offset, limit) => invoke('list', { query, offset, limit }),
  attention: () => invoke('attention'),
  place: (query, license) => invoke('place', { query, license }),
  counts: () => invoke('counts'),
  accounts: () => invoke('accounts'),
  detail: (license) => invoke('detail', { license }),
  fetchAgain: (license) => invoke('fetch_again', { license }),

  recognise: (text) => invoke('recognise', { text }),
  foundFiles: () => invoke('found_files'),
  testAccount: (request) => invoke('test_account', { request }),
  keepAccount: (ticket, name) => invoke('keep_account', { ticket, name }),
  connectLocal: (name) => invoke('connect_local', { name }),
  renameAccount: (account, name) => invoke('rename_account', { account, name }),
  newLogin: (account, fields, secrets) => invoke('new_login', { account, fields, secrets }),
  signOut: (account) => invoke('sign_out', { account }),
  removeAccount: (account, typed) => invoke('remove_account', { account, typed }),
  importText: (text, name) => invoke('import_text', { text, name }),
  importPaths: (paths) => invoke('import_paths', { paths }),
  saveDraft: (draft) => invoke('save_draft', { draft }),
  finishSetup: () => invoke('finish_setup'),
  startSetup: () => invoke('start_setup'),

  unlockKeyring: () => invoke('unlock_keyring'),
  unlockWithPassphrase: (passphrase) => invoke('unlock_with_passphrase', { passphrase }),
  setPassphrase: (passphrase) => invoke('set_passphrase', { passphrase }),
  sessionOnly: () => invoke('session_only'),
  forgetSecrets: (typed) => invoke('forget_secrets', { typed }),

  createForm: (account) => invoke('create_form', { account }),
  sameName: (account, name) => invoke('same_name', { account, name }),
  create: (request) => invoke('create', { request }),
  remove: (license, typed) => invoke('remove', { license, typed }),
  removeLicense: (license, typed) => invoke('remove_license', { license, typed }),
  deletePlan: (licenses) => invoke('delete_plan', { licenses }),
  deleteAll: (licenses, typed) => invoke('delete_all', { licenses, typed }),
  stopDeleting: () => invoke('stop_deleting'),
  unfinishedDelete: () => invoke('unfinished_delete'),
  forgetUnfinishedDelete: () => invoke('forget_unfinished_delete'),
  replace: (license, request, typed) => invoke('replace', { license, request, typed }),
  resumeReplace: (license) => invoke('resume_replace', { license }),
  giveUpReplace: (license) => invoke('give_up_replace', { license }),
  refresh: (account) => invoke('refresh', { account }),
  cancelRefresh: (account) => invoke('cancel_refresh', { account }),

  suggestedPath: (license, format) => invoke('suggested_path', { license, format }),
  pickPath: (suggested) => invoke('pick_path', { suggested }),
  pickFiles: () => invoke('pick_files'),
  previewExport: (request) => invoke('preview_export', { request }),
  writeExport: (request) => invoke('write_export', { request }),
  repairFile: (file) => invoke('repair_file', { file }),
  keepFile: (file, keep) => invoke('keep_file', { file, keep }),
  releaseFile: (file) => invoke('release_file', { file }),
  watchAgain: (file) => invoke('watch_again', { file }),

  backupsBeside: (license) => invoke('backups_beside', { license }),
  heldBackups: (license) => invoke('held_backups', { license }),
  heldBackupsOfAccount: (account) => invoke('held_backups_of_account', { account }),
  restorePlan: (file, number) => invoke('restore_plan', { file, number }),
  restoreBackup: (file, number, inPlace, typed) => invoke('restore_backup', { file, number, inPlace, typed }),
  removeBackups: (file, numbers, typed) => invoke('remove_backups', { file, numbers, typed }),
  gitPlan: (path, makesBackup) => invoke('git_plan', { path, makesBackup }),

  instance: (account) => invoke('instance', { account }),
  preflightToken: (account, source) => invoke('preflight_token', { account, source }),
  applyToken: (account, source, force) => invoke('apply_token', { account, source, force }),
  renewToken: (account) => invoke('renew_token', { account }),
  removeToken: (account, typed) => invoke('remove_token', { account, typed }),
  preflightEarlier: (account) => invoke('preflight_earlier', { account }),
  restoreToken: (account, force) => invoke('restore_token', { account, force }),

  seats: (license) => invoke('seats', { license }),
  releaseSeat: (license, machine, typed) => invoke('release_seat', { license, machine, typed }),
  packages: (license) => invoke('packages', { license }),
  releases: (license, package_) => invoke('releases', { license, package: package_ }),
  artifacts: (license, release) => invoke('artifacts', { license, release }),
  registryLogin: (license, user) => invoke('registry_login', { license, user }),
  checkOut: (license, terms) => invoke('check_out', { license, terms }),
  importCertificate: (source, licenseKey, issuerKey) =>
    invoke('import_certificate', { source, licenseKey, issuerKey }),
  validate: (license) => invoke('validate', { license }),

  core: (license) => invoke('core', { license }),
  openStep: (license, product, step) => invoke('open_step', { license, product, step }),
  markLeaked: (license, leaked) => invoke('mark_leaked', { license, leaked }),
  succeed: (license, text) => invoke('succeed', { license, text }),

  pickFolder: (suggested) => invoke('pick_folder', { suggested }),
  runPlan: (license, folder) => invoke('run_plan', { license, folder }),
  runHere: (license, folder, keep) => invoke('run_here', { license, folder, keep }),
  finishOnVendorPage: (account) => invoke('finish_on_vendor_page', { account }),
  stopWatching: (account) => invoke('stop_watching', { account }),

  reveal: (license) => invoke('reveal', { license }),
  copyKey: (license) => invoke('copy_key', { license }),
  copyText: (text) => invoke('copy_text', { text }),

  activity: (before, limit) => invoke('activity', { before, limit }),
  stored: () => invoke('stored'),
  forgetEverything: (typed) => invoke('forget_everything', { typed }),
  changeSettings: (settings) => invoke('change_settings', { settings }),
  openPage: (url) => invoke('open_page', { url }),
  openPortal: () => invoke('open_portal'),

  listen: (heard) => listen<Event>(CHANNEL, ({ payload }) => heard(payload)),
}
