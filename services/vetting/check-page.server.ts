import { waitingServices } from '#services/catalogue/versions.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { legalFormName, sizeName } from '#services/providers/kinds.ts'
import { mayPress } from './checks.rules.ts'
import { type CheckLine, checkLine } from './check-words.ts'
import { type RegisterEntry, registerEntry } from './register-entry.server.ts'
import { mayCheck, requireChecker } from './vetting.policy.ts'

export interface CheckPage {
  check: CheckLine
  provider: {
    id: string
    slug: string
    name: string
    kind: string
    legalForm: string
    size: string
    owner: string
    about: string | null
    phone: string | null
    email: string | null
    website: string | null
    charityNumber: string | null
    companyNumber: string | null
    since: string
    board: { name: string; role: string }[]
  }
  /** The listing that a claim of exemption is about. */
  listing: { title: string; category: string; description: string } | null
  /** For a registration: what the imported register says under the id that they gave. */
  register: RegisterEntry | null
  /** The provider's other checks. */
  others: CheckLine[]
  waiting: { id: string; title: string }[]
  mayVerify: boolean
  mayRefuse: boolean
}

/** Everything beside one claim that helps to decide it. @throws DomainError SIGN_IN; NOT_FOUND for whoever may not check it */
export async function checkPage(deps: Deps, actor: Actor, checkId: string): Promise<CheckPage> {
  const scope = requireChecker(actor)
  const db = deps.db.prisma
  const check = await db.verification.findUnique({
    where: { id: checkId },
    include: {
      service: {
        select: {
          versions: {
            orderBy: { number: 'desc' },
            take: 1,
            select: { title: true, description: true, summary: true, category: { select: { name: true } } },
          },
        },
      },
      provider: {
        include: {
          checks: { orderBy: { createdAt: 'asc' }, take: 200 },
          members: {
            where: { endedAt: null, role: { not: 'worker' } },
            select: { name: true, role: true },
            take: 50,
          },
          services: {
            where: waitingServices,
            take: 50,
            select: { id: true, versions: { orderBy: { number: 'desc' }, take: 1, select: { title: true } } },
          },
        },
      },
    },
  })
  if (!check || !mayCheck(actor, scope, check.provider)) throw notFound()
  const { provider } = check
  const today = londonDate(deps.clock.now())
  const register =
    check.kind === 'cqc_registration' && check.reference ? await registerEntry(db, check.reference) : null
  const version = check.service?.versions[0]
  return {
    check: checkLine(check, today),
    provider: {
      id: provider.id,
      slug: provider.slug,
      name: provider.name,
      kind: provider.kind,
      legalForm: legalFormName(provider.legalForm),
      size: sizeName(provider.size),
      owner: provider.ultimateOwner ?? provider.name,
      about: provider.about,
      phone: provider.phone,
      email: provider.email,
      website: provider.website,
      charityNumber: provider.charityNumber,
      companyNumber: provider.companyNumber,
      since: longDate(londonDate(fromDate(provider.createdAt))),
      board: provider.members,
    },
    listing: version
      ? {
          title: version.title,
          category: version.category.name,
          description: version.description || version.summary,
        }
      : null,
    register: register && {
      ...register,
      heldBy: register.heldBy?.id === provider.id ? null : register.heldBy,
    },
    others: provider.checks.filter((other) => other.id !== check.id).map((other) => checkLine(other, today)),
    waiting: provider.services.map((service) => ({
      id: service.id,
      title: service.versions[0]?.title ?? 'A listing',
    })),
    mayVerify: mayPress('verify', check.state),
    mayRefuse: mayPress('refuse', check.state),
  }
}
