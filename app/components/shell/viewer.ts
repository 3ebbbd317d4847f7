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
  /** `as` says by what right, with the possessive: 'her nominated person', 'his broker'. */
  acting: { personName: string; as: string } | null
}
