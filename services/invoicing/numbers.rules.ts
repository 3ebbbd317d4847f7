/** How invoices are numbered: the supplier's own letters, then a number without gaps. Pure. */
export type InvoiceKind = 'invoice' | 'credit_note'

const MOST_LETTERS = 8
const FEWEST_DIGITS = 4

/** 'Weavers Care Co-op' → 'WCC'; 'Otter' → 'OTT'. Words that everybody has in their name do not count. */
export function suggestPrefix(name: string): string {
  const words = name
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter(
      (word) =>
        word !== '' && !['THE', 'AND', 'OF', 'AT', 'FOR', 'LTD', 'CIC', 'LIMITED', 'OP'].includes(word),
    )
  const [first = ''] = words
  const letters = words.length > 1 ? words.map((word) => word[0]).join('') : first.slice(0, 3)
  return letters.slice(0, MOST_LETTERS) || 'INV'
}

/** What somebody typed, as it is kept ('WCC-'); null when it is none. */
export function readPrefix(text: string): string | null {
  const plain = text.normalize('NFKC').trim().toUpperCase().replace(/-+$/, '')
  return /^[A-Z0-9]{1,8}$/.test(plain) ? `${plain}-` : null
}

/** The prefix that stands before numbers of this kind: 'WCC-', 'WCC-CN-'. */
export const prefixOf = (prefix: string, kind: InvoiceKind): string =>
  kind === 'invoice' ? prefix : `${prefix}CN-`

/** 'WCC-0042' */
export const numberWords = ({ prefix, number }: { prefix: string; number: number }): string =>
  `${prefix}${String(number).padStart(FEWEST_DIGITS, '0')}`
