/**
 * Where an embedded stand-in for a vendor keeps what the vendor would know: rows of JSON by kind and id. Small, so that
 * memory and PostgreSQL can both be it.
 */
export interface SandboxRows<Kinds extends object> {
  read<Kind extends keyof Kinds & string>(kind: Kind, id: string): Promise<Kinds[Kind] | null>
  /** Adds it, or puts it in the place of the one with this id. `group` is what lists ask by (an account, a card). */
  write<Kind extends keyof Kinds & string>(
    kind: Kind,
    id: string,
    value: Kinds[Kind],
    group?: string,
  ): Promise<void>
  remove(kind: keyof Kinds & string, ids: readonly string[]): Promise<void>
  /** In the order they were first written; at most `limit`. */
  list<Kind extends keyof Kinds & string>(
    kind: Kind,
    which: { group?: string; newestFirst?: boolean; after?: string | null; limit: number },
  ): Promise<readonly Kinds[Kind][]>
}

export interface SandboxStore<Kinds extends object> {
  /** All of it happens or none, and one after another: nothing else is between its reads and writes. */
  atOnce: <Result>(work: (rows: SandboxRows<Kinds>) => Promise<Result>) => Promise<Result>
}
