import type { Prisma } from '#services/db/generated/client.ts'
import type { Borough } from './borough.ts'
import { at, DAY, type Kit } from './kit.ts'
import { OPERATOR, STAFF } from './people-list.ts'
import { addUser, type Users } from './users.ts'

/** Council staff, and whoever runs this installation. They come first: others name them as who recorded or checked. */
export function makeStaff(kit: Kit, borough: Borough, users: Users): Prisma.StaffMembershipCreateManyInput[] {
  const since = kit.nowMs - 3_000 * DAY
  addUser(kit, users, OPERATOR, since, true)
  return STAFF.map(({ name, council, roles }, index) => ({
    id: kit.id(since),
    councilId: borough.councilId[council],
    userId: addUser(kit, users, name, since + (index + 1) * 1000),
    roles: [...roles],
    createdAt: at(since),
  }))
}

/** Two people of each council's finance: who makes a payment run does not approve it. */
export function financeOf(
  staff: readonly Prisma.StaffMembershipCreateManyInput[],
): ReadonlyMap<string, readonly [string, string]> {
  const of = new Map<string, string[]>()
  for (const { councilId, userId, roles } of staff)
    if (Array.isArray(roles) && roles.includes('finance'))
      of.set(councilId, [...(of.get(councilId) ?? []), userId])
  return new Map([...of].map(([councilId, [maker = '', approver = '']]) => [councilId, [maker, approver]]))
}

/** Supporters and team members the demo names; made in this order, which is the order of the demo's list. */
export function makeFirstLogins(kit: Kit, users: Users): void {
  const since = kit.nowMs - 2_900 * DAY
  const names = [
    'Joan Ellery', 'Priya Nair', 'Jamie Calloway', 'Maureen Okafor', 'Tariq Iqbal', 'Walter Nkemelu', 'Callum Brierley',
    'Kyle Benton', 'Halima Yusuf', 'Stanley Hough', 'Margaret Ashby', 'Daniel Ellery', 'Imani Clarke', 'Bethan Rowe',
    'Owen Pritchard', 'Simon Whitlow', 'Helen Farrow', 'Ruth Hale', 'Sandra Benton', 'Farah Iqbal', 'Colin Ashby',
    'Magda Zielinska', 'Shabnam Akhtar', 'Halina Nowak', 'Nadia Farouk', 'Rosa Adeyemi', 'Giles Penhallow',
    'Chris Ashworth', 'Pat Holroyd', 'Jodie Marsden', 'Miranda Slee',
  ] // prettier-ignore
  names.forEach((name, index) => addUser(kit, users, name, since + index * 1000))
}
