export type ViewerRole =
  | 'person'
  | 'supporter'
  | 'provider'
  | 'adviser'
  | 'finance'
  | 'commissioner'
  | 'safeguarding'
  | 'council_admin'
  | 'operator'

/** Who is signed in, as far as the shell needs to know. */
export interface Viewer {
  name: string
  roles: readonly ViewerRole[]
  /** Pages of the council's staff that this viewer may open. */
  councilPages: readonly { label: string; href: string }[]
  /** Whether they may see a provider's money: owners and coordinators, not workers. */
  providerMoney: boolean
  /** `as` says who acts and by what right: 'Daniel Ellery, brother and nominated person'. */
  acting: { personName: string; as: string } | null
}
