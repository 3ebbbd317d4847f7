import type { Tx } from '#services/db/client.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { mailPage } from '#services/messages/mail-page.ts'

/** Tells somebody, in the caller's transaction, that how they sign in was changed: if it was not them, they act at once. */
export async function mailSecurity(
  tx: Tx,
  to: string,
  said: { title: string; paragraphs: readonly string[]; end?: string },
): Promise<void> {
  const { title, paragraphs } = said
  const end =
    said.end ??
    'If that was not you, ring whoever looks after Kith at your council now, and sign out everywhere on your account’s page.'
  await addJob(tx, 'send_mail', {
    to,
    subject: title,
    ...mailPage({ title, paragraphs, end }),
    key: `security:${newId()}`,
  })
}
