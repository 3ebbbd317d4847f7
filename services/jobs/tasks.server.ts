import { z } from 'zod'
import type { Deps } from '#services/ports/deps.ts'

/** One kind of background work. It may run twice for one job: make the second time harmless. */
export type Task = (deps: Deps, payload: unknown) => Promise<void>

const mailMessage = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string().optional(),
  key: z.string(),
})

const sendMail: Task = async (deps, payload) => {
  const { html, ...message } = mailMessage.parse(payload)
  await deps.mail.send({ ...message, ...(html === undefined ? {} : { html }) })
}

/** Every task by the name that `addJob` uses. A domain adds a line. */
export const tasks: Readonly<Record<string, Task>> = {
  send_mail: sendMail,
}

/**
 * What runs by itself. Patterns are the machine's time in UTC; a task asks `deps.clock` what is due, so that it
 * follows the demo's clock, and all of them are run at once when that clock is moved.
 */
export const schedule: readonly { task: string; cron: string }[] = []
