/** 'Joan’s week', or 'My week' on one's own pages. */
export interface Whose {
  shortName: string
  self: boolean
}
export const whoseThing = ({ shortName, self }: Whose, thing: string): string =>
  self ? `My ${thing}` : `${shortName}’s ${thing}`

/** A telephone number as a link takes it. */
export const tel = (number: string): string => `tel:${number.replaceAll(' ', '')}`

/** 'A, B and C'. */
export function listWords(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? ''
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1] ?? ''}`
}
