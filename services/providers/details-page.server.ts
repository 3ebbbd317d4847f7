import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { LEGAL_FORMS } from './kinds.ts'
import { memberMay, providerInView } from './providers.policy.ts'

export interface DetailsPage {
  provider: { id: string; name: string; slug: string }
  mayEdit: boolean
  /** Values by field name, as the form shows them. */
  values: Record<string, string>
  /** The id that the Care Quality Commission gave, once somebody has checked it. */
  cqcProviderId: string | null
  /** What it is in law, in words of another hand, when it is none of our list. */
  otherLegalForm: string | null
  userLed: 'checked' | 'waits' | null
  /** Whether somebody has to look at what was changed. */
  waits: boolean
}

/** What an organisation says of itself, to be read and changed. @throws DomainError SIGN_IN; NOT_FOUND for strangers */
export async function detailsPage(deps: Deps, actor: Actor, wanted: string | null): Promise<DetailsPage> {
  const { providerId, role } = providerInView(actor, wanted)
  const provider = await deps.db.prisma.provider.findUniqueOrThrow({
    where: { id: providerId },
    include: {
      checks: {
        where: { kind: { in: ['identity', 'user_led_status', 'cqc_registration'] } },
        select: { kind: true, state: true, reference: true },
        take: 200,
      },
    },
  })
  const has = (kind: string, state: string): boolean =>
    provider.checks.some((check) => check.kind === kind && check.state === state)
  const claimed = provider.checks.find(
    (check) => check.kind === 'cqc_registration' && check.state === 'evidence_given',
  )
  return {
    provider: { id: provider.id, name: provider.name, slug: provider.slug },
    mayEdit: memberMay(role, 'edit_details'),
    values: {
      name: provider.name,
      kind: provider.kind,
      legalForm: provider.legalForm ?? '',
      size: provider.size ?? '',
      about: provider.about ?? '',
      phone: provider.phone ?? '',
      website: provider.website ?? '',
      languages: provider.languages.join(', ') || 'English',
      accessibility: provider.accessibility ?? '',
      charityNumber: provider.charityNumber ?? '',
      companyNumber: provider.companyNumber ?? '',
      cqcProviderId: provider.cqcProviderId ?? claimed?.reference ?? '',
    },
    cqcProviderId: provider.cqcProviderId,
    otherLegalForm:
      provider.legalForm !== null && !LEGAL_FORMS.some((form) => form === provider.legalForm)
        ? provider.legalForm
        : null,
    userLed: has('user_led_status', 'verified')
      ? 'checked'
      : has('user_led_status', 'evidence_given')
        ? 'waits'
        : null,
    waits: has('identity', 'evidence_given') || claimed !== undefined,
  }
}
