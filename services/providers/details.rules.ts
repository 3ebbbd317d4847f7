/** What has to be looked at again when an organisation changes what it says of itself. Pure. */
import { KIND_CHOICES, type KnownKind, legalFormName } from './kinds.ts'

export interface Identity {
  name: string
  kind: string
  legalForm: string | null
  charityNumber: string | null
  companyNumber: string | null
}

const kindName = (kind: string): string =>
  KIND_CHOICES.find(({ value }) => value === (kind as KnownKind))?.label ?? 'not said'
const or = (text: string | null): string => text ?? 'none'

/** A sentence for each change that the check of who they are rested on; empty when there is none. */
export function changesToCheck(before: Identity, after: Identity): string[] {
  const said: [string, string, string][] = [
    ['Name', before.name, after.name],
    ['Kind', kindName(before.kind), kindName(after.kind)],
    ['In law', legalFormName(before.legalForm), legalFormName(after.legalForm)],
    ['Charity number', or(before.charityNumber), or(after.charityNumber)],
    ['Company number', or(before.companyNumber), or(after.companyNumber)],
  ]
  return said
    .filter(([, old, now]) => old !== now)
    .map(([what, old, now]) => `${what}: before “${old}”, now “${now}”.`)
}
