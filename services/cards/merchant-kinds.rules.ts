/** Kinds of shop that councils name most, by merchant category code (ISO 18245), in plain words. The list of a scheme may be longer. */
export const MERCHANT_KINDS: readonly { code: string; name: string }[] = [
  { code: '4111', name: 'Buses and local trains' },
  { code: '4121', name: 'Taxis' },
  { code: '4829', name: 'Sending money abroad' },
  { code: '5411', name: 'Supermarkets' },
  { code: '5722', name: 'Household appliances' },
  { code: '5732', name: 'Electronics' },
  { code: '5812', name: 'Restaurants and cafés' },
  { code: '5813', name: 'Pubs and bars' },
  { code: '5912', name: 'Chemists' },
  { code: '5921', name: 'Off-licences' },
  { code: '5942', name: 'Bookshops' },
  { code: '5993', name: 'Tobacconists' },
  { code: '6011', name: 'Cash machines' },
  { code: '6051', name: 'Foreign and digital currency' },
  { code: '7230', name: 'Hairdressers' },
  { code: '7349', name: 'Cleaning' },
  { code: '7941', name: 'Sports clubs' },
  { code: '7995', name: 'Betting' },
  { code: '7997', name: 'Gyms and membership clubs' },
  { code: '7999', name: 'Leisure and classes' },
  { code: '8050', name: 'Nursing and personal care' },
  { code: '8099', name: 'Health practitioners' },
  { code: '8299', name: 'Courses' },
  { code: '8398', name: 'Charities and social services' },
]

const NAMES = new Map(MERCHANT_KINDS.map(({ code, name }) => [code, name]))

/** 'Betting', or the code when it is one that few name. Null without a code. */
export const merchantKind = (code: string): string | null =>
  code === '' ? null : (NAMES.get(code) ?? `Kind of shop ${code}`)

/** 'Betting, Off-licences and Pubs and bars' as a list; codes that nobody named by themselves. */
export const merchantKinds = (codes: readonly string[]): string =>
  codes.map((code) => NAMES.get(code) ?? code).join(', ')
