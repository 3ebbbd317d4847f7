/** A form of a page, as a browser would send it. */
export interface FormOfPage {
  action: string
  fields: { name: string; value: string; type: string }[]
}

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&').replaceAll('&quot;', '"')

const TYPED = /^(text|email|tel|url|search|number|textarea|radio|checkbox|select)$/

/** Whether somebody types or chooses it, as opposed to what the page put there. */
export const isTyped = ({ type }: { type: string }): boolean => TYPED.test(type)

/** The forms of a page that change something; enough of HTML for the pages that this site itself writes. */
export function formsOf(html: string, path: string): FormOfPage[] {
  return [...html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)]
    .filter(([, head = '']) => attribute(head, 'method') === 'post')
    .map(([, head = '', inside = '']) => ({
      action: attribute(head, 'action') ?? path,
      fields: [...inside.matchAll(/<(input|select|textarea|button)\b([^>]*)>/g)].flatMap(
        ([, tag = '', rest = '']) => {
          const name = attribute(rest, 'name')
          if (!name) return []
          const type = tag === 'input' ? (attribute(rest, 'type') ?? 'text') : tag
          return [{ name, type, value: attribute(rest, 'value') ?? '' }]
        },
      ),
    }))
}

/** What a page says, without its marks, ids that change and times of now. */
export const wordsOf = (html: string): string =>
  (/<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
