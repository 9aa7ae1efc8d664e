/**
 * Every string that a user reads. One language so far: another is a folder beside `en` with the same shape.
 * Strings with parts are functions of those parts, so that a translation may order them its own way.
 */
import * as accounts from './en/accounts'
import * as activity from './en/activity'
import * as attention from './en/attention'
import * as backups from './en/files/backups'
import * as vendorPage from './en/license/vendor-page'
import * as certificate from './en/license/certificate'
import * as common from './en/common'
import * as create from './en/license/create'
import * as detail from './en/license/detail'
import * as exporting from './en/files/exporting'
import * as files from './en/files/files'
import * as instance from './en/instance'
import * as list from './en/list'
import * as next from './en/license/next'
import * as packages from './en/license/packages'
import * as removal from './en/license/removal'
import * as selection from './en/license/selection'
import * as seats from './en/license/seats'
import * as replace from './en/license/replace'
import * as run from './en/files/run'
import * as settings from './en/settings'
import * as setup from './en/setup'
import * as shortcuts from './en/shortcuts'
import * as storage from './en/storage'
import * as validation from './en/license/validation'
import * as words from './en/words'

export const m = {
  accounts,
  activity,
  attention,
  backups,
  vendorPage,
  certificate,
  common,
  create,
  detail,
  exporting,
  files,
  instance,
  list,
  next,
  packages,
  removal,
  selection,
  replace,
  run,
  seats,
  settings,
  setup,
  shortcuts,
  storage,
  validation,
  words,
}

export { explain, type Explained } from './errors'
