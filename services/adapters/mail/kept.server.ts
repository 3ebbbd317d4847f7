import type { Db } from '#services/db/client.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Clock } from '#services/ports/clock.ts'
import type { Mail } from '#services/ports/mail.ts'

/** As a mail server would have it: a subject is one line. */
const oneLine = (subject: string): string => subject.replaceAll(/\s*[\r\n]+\s*/g, ' ')

/** Keeps mail in the database instead of sending it; /demo/mail shows it. */
export const keptMail = (db: Db, clock: Clock): Mail => ({
  async send({ key, to, subject, text, html }) {
    await db.query(
      'mail_keep',
      `insert into mail_message (id, key, recipient, subject, text, html, sent_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (key) do nothing`,
      [newId(), key, to, oneLine(subject), text, html ?? null, toDate(clock.now())],
    )
    return 'taken'
  },
})
