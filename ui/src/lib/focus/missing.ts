/** What a form still needs: what is wrong in it, else what is empty, else what is not chosen, else its first field. */
import { canFocus } from './panes'

export function missingIn(form: HTMLFormElement): HTMLElement | null {
  const fields = [...form.querySelectorAll<HTMLElement>('input, textarea, select')].filter(canFocus)
  const isEmpty = (field: HTMLElement) =>
    (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.value.trim() === ''
  const isUnticked = (field: HTMLElement) =>
    field instanceof HTMLInputElement && field.type === 'checkbox' && !field.checked
  return (
    fields.find((field) => field.matches('[aria-invalid="true"]')) ??
    fields.find(isEmpty) ??
    fields.find(isUnticked) ??
    fields[0] ??
    null
  )
}
