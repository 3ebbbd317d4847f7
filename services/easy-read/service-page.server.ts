import { publishedService } from '#services/catalogue/service-page.server.ts'
import type { ServicePage } from '#services/catalogue/service-page.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { EasyPart } from './lines.ts'
import { moneyPart, needPart, ownWordsPart, payingPart, whatPart } from './service-parts.rules.ts'
import { askPart, changePart, questionPart, safePart, saidPart, whenPart } from './service-trust.rules.ts'

export interface EasyServicePage {
  id: string
  slug: string
  /** As its provider wrote it. */
  title: string
  provider: Pick<ServicePage['provider'], 'id' | 'name' | 'kind' | 'phone'>
  photos: ServicePage['photos']
  parts: EasyPart[]
  mayAsk: boolean
  /** A question can be sent to them from here. */
  mayWrite: boolean
  /** It is free, and can be noted in one's own week. */
  intoWeek: boolean
  summary: string
}

/**
 * One published service in Easy Read: sentences of our own, made of its facts. What its provider wrote stands whole, as theirs.
 * @throws NOT_FOUND when it is not published
 */
export async function easyServicePage(deps: Deps, actor: Actor, slug: string): Promise<EasyServicePage> {
  const service = await publishedService(deps, actor, slug, false)
  const { page } = service
  const { id, name, kind, phone } = page.provider
  const paying = payingPart(service)
  return {
    id: page.id,
    slug: page.slug,
    title: page.title,
    provider: { id, name, kind, phone },
    photos: page.photos,
    parts: [
      whatPart(service),
      moneyPart(service),
      ...(paying ? [paying] : []),
      whenPart(service),
      needPart(service),
      changePart(service),
      safePart(service),
      saidPart(service),
      ownWordsPart(service),
      questionPart(service),
      askPart(service),
    ],
    mayAsk: page.whyNot === null,
    mayWrite: page.asks.length > 0,
    intoWeek: page.intoWeek,
    summary: page.summary,
  }
}
