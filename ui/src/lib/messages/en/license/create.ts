export const title = 'New license'
export const like = 'Create like this…'
export const likeTitle = (name: string) => `New license like ${name}`
export const account = 'Account'
export const name = 'Name'
export const nameHint = 'The vendor lists the license by this name, too.'
export const nameEmpty = 'Give it a name.'
export const nameTooLong = (chars: number, most: number) => `${chars} characters; at most ${most} fit.`
export const nameControl = 'A name is one line, without tabs or other control characters.'
export const sameName = (count: number) =>
  count === 1
    ? 'This account has a license of that name already.'
    : `This account has ${count} licenses of that name already.`
export const sameNameAllow = 'Create another one with the same name'
export const notCarried = (param: string) =>
  `This account’s API does not take “${param}”. Choose it on the vendor’s own page.`
export const vendorPage = 'Open the vendor’s page'
export const guideTitle = 'This one is a guide, not a call'
export const guideText = (title: string) =>
  `It is named “${title}” in the vendor’s documentation; there is nothing for Licet to send. Follow the guide, then refresh this account.`
export const openSite = (host: string) => `Open ${host}`
export const source = (source: string) => `From: ${source}`
export const submit = 'Create license'
export const submitting = (vendor: string) => `Waiting for ${vendor}…`
export const created = (name: string) => `“${name}” was created`
export const unknownTitle = 'It is not known whether the license was created'
export const unknownText =
  'The request was sent and no answer came. Licet looks at the account until it knows, also after a restart, and sends nothing again before that. You can close this.'
export const noAccounts = 'No connected account takes new licenses'
export const noAccountsText =
  'Some systems create licenses on their own pages only. Connect an account that takes new ones, and come back here.'
export const loading = 'Asking what this account accepts'
