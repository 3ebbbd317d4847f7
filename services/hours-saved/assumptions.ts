/**
 * How long a piece of paperwork is taken to last. Nobody has measured these for Kith: they are our own assumptions, said so on
 * every page beside what follows from them. Who measures them adds a row with its day and source; older ones stay, so that what
 * was said before can be worked out again.
 */
export const KINDS = ['receipt', 'invoice', 'keyed'] as const
export type Kind = (typeof KINDS)[number]

export interface Assumption {
  kind: Kind
  /** It holds for what happened from this day on (ISO), until the next one of its kind. */
  from: string
  minutes: number
  /** What the minutes are for. */
  what: string
  /** Where the figure is from. */
  source: string
}

const OWN = 'Our own assumption. Nobody has measured it yet.'

export const ASSUMPTIONS: readonly Assumption[] = [
  {
    kind: 'receipt',
    from: '2020-01-01',
    minutes: 5,
    what: 'Asking for a receipt or a time sheet, keeping it, and finding it again when the council asks',
    source: OWN,
  },
  {
    kind: 'invoice',
    from: '2020-01-01',
    minutes: 8,
    what: 'Typing an invoice from a diary, checking its hours and sending it',
    source: OWN,
  },
  {
    kind: 'keyed',
    from: '2020-01-01',
    minutes: 6,
    what: 'Keying an invoice into the council’s finance system and matching it to its order',
    source: OWN,
  },
]
