/** 'Joan Ellery' as 'J. E.': enough for a provider who knows the person, and little for somebody who finds the paper. */
export const initials = (name: string): string =>
  name
    .split(/[\s-]+/)
    .map((word) => [...word].find((letter) => /\p{L}/u.test(letter)) ?? '')
    .filter((letter) => letter !== '')
    .map((letter) => `${letter.toUpperCase()}.`)
    .join(' ')
