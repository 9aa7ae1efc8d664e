export const open = 'Finish in the portal'
export const openHint = 'The vendor’s page opens with the steps beside it; Licet waits for the new license.'
export const title = (vendor: string) => `Finish in ${vendor}`
export const starting = 'Looking at what is there already'
export const steps = 'The steps, as of the vendor’s documentation'
export const notOpened = 'The page could not be opened from here'
export const watching = (until: string) => `Waiting for the new license until ${until}`
export const overTitle = 'No new license came'
export const overText = 'Licet no longer checks by itself. Check again, or refresh the account later.'
export const again = 'Check again'
export const openAgain = 'Open the page again'
export const stop = 'Stop waiting'
export const arrivedTitle = (name: string) => `“${name}” is here`
export const arrivedText = 'It is selected in the list.'
