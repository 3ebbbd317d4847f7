/** 'Joan’s week', or 'My week' on one's own pages. */
export interface Whose {
  shortName: string
  self: boolean
}
export const whoseThing = ({ shortName, self }: Whose, thing: string): string =>
  self ? `My ${thing}` : `${shortName}’s ${thing}`

/** A telephone number as a link takes it. */
export const tel = (number: string): string => `tel:${number.replaceAll(' ', '')}`

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
/** 'three funds', 'one fund', '14 funds'. */
export const counted = (count: number, one: string, many: string): string =>
  `${NUMBERS[count] ?? String(count)} ${count === 1 ? one : many}`

/** 'A, B and C'. */
export function listWords(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? ''
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1] ?? ''}`
}
