/** What axe-core finds wrong. Colours and layout need a real window: there the journeys look. */
import axe from 'axe-core'

export async function violations(root: Element = document.documentElement): Promise<string[]> {
  const { violations } = await axe.run(root, {
    rules: { 'color-contrast': { enabled: false }, 'document-title': { enabled: false } },
  })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}
