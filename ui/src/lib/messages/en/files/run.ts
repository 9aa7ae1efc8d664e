export const title = (name: string) => `Run “${name}”`
export const open = 'Run from a folder…'
export const folder = 'Compose folder'
export const folderHint = 'The license key lands in its .env, which docker compose reads by itself.'
export const folderPlaceholder = 'The folder of your compose file'
export const compose = (path: string) => `Its compose file: ${path}`
export const noCompose = 'There is no compose file in this folder yet.'
export const submit = 'Write .env'
export const doneTitle = 'The license is in place'
/** What git would make of the file, by its word; nothing where there is nothing to say. */
export const git: Record<string, { title: string; text: string } | undefined> = {
  'would-be-committed': {
    title: 'Git would commit this .env',
    text: 'It is not ignored, so the license would go wherever the repository goes. Add .env to the project’s .gitignore.',
  },
  tracked: {
    title: 'This .env is in the repository already',
    text: 'The next commit would carry the license along. Take it out with git rm --cached .env, and add .env to .gitignore.',
  },
  unknown: {
    title: 'Git did not say whether it would commit this .env',
    text: 'If the folder belongs to a repository, add .env to its .gitignore.',
  },
}
export const gitBackup = {
  title: 'Git would commit backups of this .env',
  text: 'They contain what .env contained before. Add .env.bak* to the project’s .gitignore, too.',
}
