import type { AuthorityType } from '#services/kernel/actor.ts'

/** An authority in the words of the band: short, without a pronoun, for nobody's is known. */
const TYPE: Readonly<Record<AuthorityType, string>> = {
  informal: '',
  nominated_person: 'nominated person',
  authorised_person: 'authorised person',
  attorney_or_deputy_finance: 'attorney or deputy for money',
  attorney_or_deputy_welfare: 'attorney or deputy for health and welfare',
  dwp_appointee: 'appointee for benefits',
  broker: 'broker',
  advocate: 'advocate',
}

export interface ActingParts {
  /** Who is signed in. */
  name: string
  /** As it was typed: 'brother', 'her broker'. */
  relationship: string | null
  type: AuthorityType
  /** Organisation that they act from. */
  organisationName: string | null
}

/** 'Her sister', typed where 'sister' was meant. Names and abbreviations keep their capitals. */
function tidied(relationship: string): string {
  const bare = relationship.trim().replace(/^(?:my|your|his|her|their|the|an?)\s+(?=\S)/i, '')
  return /^\p{Lu}\p{Ll}+$/u.test(bare.split(/\s/)[0] ?? '')
    ? bare.charAt(0).toLowerCase() + bare.slice(1)
    : bare
}

/** A court's deputy is not an attorney: what somebody calls themselves decides between the two. */
function rightOf(type: AuthorityType, is: string): string {
  const right = TYPE[type]
  const one = /deputy|attorney/i.exec(is)?.[0].toLowerCase()
  return one ? right.replace('attorney or deputy', one) : right
}

/**
 * Who acts, and by what right: 'Daniel Ellery, brother and nominated person', 'Nadia Farouk of Lantern Living, broker'.
 * It goes on from 'You are acting for Joan, as …'.
 */
export function actingAs({ name, relationship, type, organisationName }: ActingParts): string {
  const is = tidied(relationship ?? '')
  const right = rightOf(type, is)
  // 'Deputy' beside 'deputy for money' would say it twice; so would the organisation beside 'advocate at Say So'.
  const parts = right.startsWith(is.toLowerCase())
    ? [right]
    : is.toLowerCase().startsWith(right)
      ? [is]
      : [is, right]
  const who = organisationName && !is.includes(organisationName) ? `${name} of ${organisationName}` : name
  return `${who}, ${parts.filter(Boolean).join(' and ') || 'supporter'}`
}
