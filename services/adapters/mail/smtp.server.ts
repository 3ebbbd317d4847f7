import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import type { Mail } from '#services/ports/mail.ts'

/**
 * Sends through an SMTP server (`smtps://user:password@host`). A key becomes the Message-ID: mail is sent by jobs,
 * and when one has to be repeated after a crash, the receiving side can drop the second copy.
 */
export function smtpMail(options: { url: string; from: string }): Mail {
  const transport = createTransport(options.url)
  const domain = /@([^>\s]+)/.exec(options.from)?.[1] ?? 'localhost'
  return {
    async send({ key, to, subject, text, html }) {
      const id = createHash('sha256').update(key).digest('hex').slice(0, 32)
      await transport.sendMail({
        from: options.from,
        to,
        subject,
        text,
        ...(html === undefined ? {} : { html }),
        messageId: `<${id}@${domain}>`,
      })
    },
  }
}
