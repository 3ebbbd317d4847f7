import { requireStaff, requireStaffOf } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'
import { SCOPE_WORDS, TYPE_WORDS } from './authority.rules.ts'
import { authorityDates, supporterName } from './circle-page.server.ts'

const PER_PAGE = 25

export interface PeoplePage {
  people: {
    id: string
    name: string
    council: string
    signsIn: boolean
    supporters: number
    isCarer: boolean
  }[]
  total: number
  page: number
  pages: number
}

/**
 * The people of an adviser's councils.
 * @param input.name part of a name; it comes in a form and not in the address, since a name belongs in no URL
 * @throws SIGN_IN; NOT_FOUND for all but advisers
 */
export async function peoplePage(
  deps: Deps,
  given: Actor,
  input: { name: string; page: number },
): Promise<PeoplePage> {
  const { councilIds } = requireStaff(given, 'people.read')
  const name = input.name.trim().slice(0, 120)
  const where = {
    councilId: { in: councilIds },
    ...(name ? { name: { contains: name, mode: 'insensitive' as const } } : {}),
  }
  const total = await deps.db.prisma.person.count({ where })
  const pages = Math.max(1, Math.ceil(total / PER_PAGE))
  const page = Math.min(Math.max(1, input.page), pages)
  const people = await deps.db.prisma.person.findMany({
    where,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    skip: (page - 1) * PER_PAGE,
    take: PER_PAGE,
    select: {
      id: true,
      name: true,
      userId: true,
      isCarer: true,
      council: { select: { name: true } },
      _count: { select: { authorities: { where: { endedAt: null } } } },
    },
  })
  return {
    people: people.map((one) => ({
      id: one.id,
      name: one.name,
      council: one.council.name,
      signsIn: one.userId !== null,
      supporters: one._count.authorities,
      isCarer: one.isCarer,
    })),
    total,
    page,
    pages,
  }
}

/** The adviser's councils, for the form that sets somebody up. */
export async function councilsOfAdviser(deps: Deps, given: Actor): Promise<{ id: string; name: string }[]> {
  const { councilIds } = requireStaff(given, 'people.set_up')
  return deps.db.prisma.council.findMany({
    where: { id: { in: councilIds } },
    orderBy: { name: 'asc' },
    select: { id: true, name: true },
  })
}

/** Councils that let a supporter set somebody up; open to everybody who is signed in. */
export async function councilsOpenToSupporters(
  deps: Deps,
  actor: Actor,
): Promise<{ id: string; name: string }[]> {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  return deps.db.prisma.council.findMany({
    where: { supportersMaySetUp: true },
    orderBy: { name: 'asc' },
    take: 500,
    select: { id: true, name: true },
  })
}

export interface PersonPage {
  id: string
  name: string
  shortName: string
  council: string
  signsIn: boolean
  phone: string | null
  address: string | null
  isCarer: boolean
  supporters: {
    authorityId: string
    name: string
    relationship: string
    type: string
    may: string[]
    dates: string
    evidence: string | null
  }[]
  organisations: { id: string; name: string }[]
}

/**
 * One person as their council's adviser sees them here: who they are and who may act for them. Money and plans have
 * pages of their own.
 * @throws SIGN_IN; NOT_FOUND for all but advisers of the person's council
 */
export async function personPage(deps: Deps, given: Actor, personId: string): Promise<PersonPage> {
  requireStaff(given, 'people.read')
  const person = await deps.db.prisma.person.findUnique({
    where: { id: personId },
    select: {
      id: true,
      name: true,
      shortName: true,
      councilId: true,
      userId: true,
      phone: true,
      addressLine: true,
      postcode: true,
      isCarer: true,
      council: { select: { name: true } },
      authorities: {
        where: { endedAt: null },
        orderBy: { createdAt: 'asc' },
        take: 100,
        include: { supporterUser: { select: { name: true } }, supporterProvider: { select: { name: true } } },
      },
    },
  })
  if (!person) throw notFound()
  requireStaffOf(given, 'people.read', person.councilId)
  const organisations = await deps.db.prisma.provider.findMany({
    where: { claimed: true, kind: { notIn: ['unknown', 'personal_assistant'] } },
    orderBy: { name: 'asc' },
    take: 500,
    select: { id: true, name: true },
  })
  return {
    id: person.id,
    name: person.name,
    shortName: person.shortName,
    council: person.council.name,
    signsIn: person.userId !== null,
    phone: person.phone,
    address: [person.addressLine, person.postcode].filter(Boolean).join(', ') || null,
    isCarer: person.isCarer,
    supporters: person.authorities.map((one) => ({
      authorityId: one.id,
      name: supporterName(one),
      relationship: one.relationship,
      type: TYPE_WORDS[one.type].name,
      may: one.scopes.map((scope) => SCOPE_WORDS[scope]),
      dates: authorityDates(one),
      evidence: one.evidenceSeen,
    })),
    organisations,
  }
}
