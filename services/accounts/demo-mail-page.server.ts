import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { clockTime, fromDate, inLondon, shortDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'

export interface DemoMail {
  id: string
  to: string
  subject: string
  text: string
  sent: string
}

const PER_PAGE = 20

/**
 * Mail that was kept instead of sent, newest first.
 * @throws NOT_FOUND when the demo is off
 */
export async function demoMailPage(
  deps: Deps,
  _actor: Actor,
  input: { page: number },
): Promise<{ mails: DemoMail[]; page: number; pages: number }> {
  if (!deps.settings.demo) throw notFound()
  const total = await deps.db.prisma.mailMessage.count()
  const pages = Math.max(1, Math.ceil(total / PER_PAGE))
  const page = Math.min(Math.max(1, input.page), pages)
  const rows = await deps.db.prisma.mailMessage.findMany({
    orderBy: [{ sentAt: 'desc' }, { id: 'desc' }],
    skip: (page - 1) * PER_PAGE,
    take: PER_PAGE,
    select: { id: true, recipient: true, subject: true, text: true, sentAt: true },
  })
  const words = (date: Date): string => {
    const at = inLondon(fromDate(date))
    return `${shortDate(at.toPlainDate())}, ${clockTime(at.toPlainTime())}`
  }
  return {
    mails: rows.map((row) => ({
      id: row.id,
      to: row.recipient,
      subject: row.subject,
      text: row.text,
      sent: words(row.sentAt),
    })),
    page,
    pages,
  }
}
