/** One control of a form. A group of radios or ticks is as many controls of one name. */
export interface FieldOfForm {
  name: string
  type: string
  /** As it stands: what was typed, or what it says when it is chosen. */
  value: string
  /** Whether a browser would send it now; a button never by itself. */
  on: boolean
  /** Of a select. */
  options: string[]
}

/** A form of a page, as a browser would send it. */
export interface FormOfPage {
  action: string
  fields: FieldOfForm[]
}

const plain = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll(/&#x27;|&#39;/g, "'")
    .replaceAll('&amp;', '&')

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/]|$)`).exec(tag)
  return found ? plain(found[1] ?? '') : undefined
}

const TYPED = /^(text|email|tel|url|search|number|textarea|radio|checkbox|select)$/
const WRITTEN = /^(text|email|tel|url|search|number|textarea)$/

/** Whether somebody types or chooses it, as opposed to what the page put there. */
export const isTyped = ({ type }: { type: string }): boolean => TYPED.test(type)
/** Whether any letters can be put in. */
export const isWritten = ({ type }: { type: string }): boolean => WRITTEN.test(type)

function fieldOf(tag: string, rest: string, inside: string): FieldOfForm | null {
  const name = attribute(rest, 'name')
  if (!name || attribute(rest, 'disabled') !== undefined) return null
  if (tag === 'textarea')
    return { name, type: 'textarea', value: plain(inside).replace(/^\n/, ''), on: true, options: [] }
  if (tag === 'select') {
    const all = [...inside.matchAll(/<option\b([^>]*)>/g)].map(([, head = '']) => ({
      value: attribute(head, 'value') ?? '',
      chosen: attribute(head, 'selected') !== undefined,
    }))
    const chosen = all.find((option) => option.chosen) ?? all[0]
    const options = all.map((option) => option.value)
    return { name, type: 'select', value: chosen?.value ?? '', on: true, options }
  }
  const type = tag === 'button' ? 'button' : (attribute(rest, 'type') ?? 'text')
  const choice = type === 'radio' || type === 'checkbox'
  const value = attribute(rest, 'value') ?? (choice ? 'on' : '')
  const on = tag !== 'button' && (!choice || attribute(rest, 'checked') !== undefined)
  return { name, type, value, on, options: [] }
}

/** The forms of a page that change something; enough of HTML for the pages that this site itself writes. */
export function formsOf(html: string, path: string): FormOfPage[] {
  return [...html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)]
    .filter(([, head = '']) => attribute(head, 'method') === 'post')
    .map(([, head = '', inside = '']) => ({
      action: attribute(head, 'action') ?? path,
      fields: [
        ...inside.matchAll(/<(input|button)\b([^>]*)>|<(select|textarea)\b([^>]*)>(.*?)<\/\3>/gs),
      ].flatMap(([, tag = '', head = '', box = '', boxHead = '', content = '']) => {
        const field = fieldOf(tag || box, tag ? head : boxHead, content)
        return field ? [field] : []
      }),
    }))
}

export type Fields = [string, string][]

/** What a browser sends when the form's first button is pressed and nothing was changed. */
export function sentBy(form: FormOfPage): Fields {
  const press = form.fields.find(({ type }) => type === 'button')
  return [...form.fields.filter(({ on }) => on), ...(press ? [press] : [])].map(({ name, value }) => [
    name,
    value,
  ])
}

/** The same with some fields filled in otherwise. */
export function withTyped(fields: Fields, typed: Readonly<Record<string, string>>): Fields {
  const others = fields.filter(([name]) => !(name in typed))
  return [...others, ...Object.entries(typed)]
}

/** What a page says, without its marks, ids that change and times of now. */
export const wordsOf = (html: string): string =>
  (/<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
