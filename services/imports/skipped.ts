/** Why a line was left out. The codes are counted; the sentences are read by the operator. */
export const SKIP_REASONS = {
  too_long: 'longer than a line of this kind can be',
  not_utf8: 'not UTF-8 text (if the whole file is like this, add --encoding windows-1252)',
  null_byte: 'holds a null byte or half a character',
  bad_quotes: 'its quotation marks do not match',
  wrong_columns: 'has too few or too many columns',
  heading: 'is a heading, not a record',
  no_postcode: 'has no postcode',
  bad_postcode: 'its postcode has not the shape of one',
  no_position: 'has no position published',
  bad_position: 'its position is not in the United Kingdom',
  positions_disagree: 'its latitude and longitude are over a kilometre from its easting and northing',
  repeated: 'the same record comes again a few lines later, and the later one was kept',
  bad_json: 'is not JSON that can be read',
  not_a_record: 'is not a record',
  only_a_summary: 'is only a summary from a list; fetch the record of the location itself',
  bad_record: 'is not a register record as the regulator publishes it',
  not_social_care: 'is registered, but not for social care',
  deregistered: 'is no longer registered and was never held here',
  provider_without_place: 'is a provider none of whose locations is held; import its locations first',
  bad_code: 'its code is not a nine-character area code',
  not_a_council: 'its code is not a council’s (a ward, a region or another kind of area)',
  wrong_geometry: 'its geometry is no area (a Polygon or a MultiPolygon)',
  open_ring: 'a ring of its outline is not closed, or has too few points',
  too_many_points: 'its outline has too many points; use the generalised edition',
  no_outline: 'nothing is left of its outline on a map',
  refused_by_database: 'the database refused it',
} as const
export type SkipReason = keyof typeof SKIP_REASONS

export interface Skip {
  line: number
  why: SkipReason
  /** A few words more, never the line itself: it may name somebody. */
  detail?: string
}

/** Keeps at most this many stretches of line numbers for each reason, so that a wholly bad file cannot fill the memory. */
const STRETCHES = 500

interface Group {
  count: number
  stretches: [from: number, to: number][]
  leftOff: number
  detail: string | undefined
}

export interface SkipSummary {
  why: SkipReason
  sentence: string
  count: number
  /** '3, 17 to 29, 44' */
  lines: string
  detail: string | undefined
}

/** Counts what was left out, by reason, with the line numbers. */
export class SkipTally {
  readonly #groups = new Map<SkipReason, Group>()
  #total = 0

  get total(): number {
    return this.#total
  }

  add({ line, why, detail }: Skip): void {
    this.#total += 1
    const group = this.#groups.get(why) ?? { count: 0, stretches: [], leftOff: 0, detail }
    this.#groups.set(why, group)
    group.count += 1
    const last = group.stretches.at(-1)
    if (last && line === last[1] + 1) last[1] = line
    else if (group.stretches.length < STRETCHES) group.stretches.push([line, line])
    else group.leftOff += 1
  }

  summary(): SkipSummary[] {
    return [...this.#groups].map(([why, group]) => ({
      why,
      sentence: SKIP_REASONS[why],
      count: group.count,
      lines: lineList(group),
      detail: group.detail,
    }))
  }
}

function lineList({ stretches, leftOff }: Group): string {
  const parts = stretches.map(([from, to]) =>
    from === to ? String(from) : `${String(from)} to ${String(to)}`,
  )
  if (leftOff > 0) parts.push(`and ${String(leftOff)} more`)
  return parts.join(', ')
}
