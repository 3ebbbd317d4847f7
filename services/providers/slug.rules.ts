/** 'Weavers’ Care & Co' → 'weavers-care-and-co'. Never empty: letters that have no plain form leave 'listing'. */
export const slugWords = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 70)
    .replace(/^-+|-+$/g, '') || 'listing'
