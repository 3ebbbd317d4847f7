import type { Prisma } from '#services/db/generated/client.ts'
import { at, slugOf, type Kit } from './kit.ts'

export interface Users {
  rows: Prisma.UserCreateManyInput[]
  byName: Map<string, { id: string; email: string; name: string }>
}

export const noUsers = (): Users => ({ rows: [], byName: new Map() })

/** `first.last@demo.kith.example`: an address that can never be anybody's. */
export const emailOf = (name: string): string => `${slugOf(name).replaceAll('-', '.')}@demo.kith.example`

/** Somebody who can sign in; the same name is the same user, so that one person may have several parts. */
export function addUser(kit: Kit, users: Users, name: string, sinceMs: number, operator = false): string {
  const known = users.byName.get(name)
  if (known) return known.id
  const id = kit.id(sinceMs)
  const email = emailOf(name)
  users.byName.set(name, { id, email, name })
  users.rows.push({
    id,
    name,
    email,
    emailVerified: true,
    operator,
    createdAt: at(sinceMs),
    updatedAt: at(sinceMs),
  })
  return id
}
