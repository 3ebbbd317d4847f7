/** Text of strangers as Postgres keeps it: no null bytes, no half characters, accents composed. */
export const storable = (text: string): string =>
  text
    .replace(/\p{Cs}/gu, ' ')
    .replaceAll('\0', ' ')
    .normalize('NFC')

/** Lower case without accents or marks of writing direction; what is no letter or figure becomes a space. */
export const plain = (text: string): string =>
  storable(text)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The different words of a text that a person might mistype: letters only, 3 to 30 of them. */
export const wordsOf = (text: string): string[] => [
  ...new Set(
    plain(text)
      .split(' ')
      .filter((word) => /^[a-z]{3,30}$/.test(word)),
  ),
]

/** 32 bits of FNV-1a, as a signed integer of Postgres. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash | 0
}
