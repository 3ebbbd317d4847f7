const NUMBERS = ['', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine']

/** 'Three visits', 'One visit', '12 visits'; `none` for nothing. */
export function countWords(count: number, one: string, none: string): string {
  if (count === 0) return none
  return `${NUMBERS[count] ?? String(count)} ${count === 1 ? one : `${one}s`}`
}

export const telHref = (phone: string): string => `tel:${phone.replaceAll(' ', '')}`
