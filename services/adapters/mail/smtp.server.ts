import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import type { Db } from '#services/db/client.server.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Clock } from '#services/ports/clock.ts'
import type { Delivery, Mail } from '#services/ports/mail.ts'

/** A mail server that does not answer must not hold a job for ever. */
const PATIENCE = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000 }

const flag = (url: URL, name: string): boolean | null => {
  const value = url.searchParams.get(name)
  return value === null ? null : value === 'true' || value === '1'
}
const isHere = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host)

/**
 * `smtps://user:password@host` speaks TLS from the first word; `smtp://…` begins in the open and must change to TLS before
 * anything is said, unless the server is on this machine or the address ends in `?requireTLS=false`. A certificate of
 * one's own needs `?tls.rejectUnauthorized=false`.
 */
function connection(address: string) {
  const url = new URL(address)
  const secure = url.protocol === 'smtps:'
  return {
    ...PATIENCE,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: flag(url, 'requireTLS') ?? (!secure && !isHere(url.hostname)),
    tls: { rejectUnauthorized: flag(url, 'tls.rejectUnauthorized') ?? true },
    ...(url.username
      ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
      : {}),
  }
}

/** Said instead of the library's error, whose words quote the address. */
class MailServerError extends Error {
  readonly code: string
  constructor(code: string, answer: number | null) {
    super(
      answer === null ? 'The mail server could not be used' : `The mail server answered ${String(answer)}`,
    )
    this.name = 'MailServerError'
    this.code = code
  }
}

/** The server's answer when it will never take this mail; an account that may not log in is no fault of the mail. */
function forGood(error: unknown): { code: string; answer: number | null; refused: boolean } {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  const name = typeof code === 'string' ? code : 'EMAIL'
  const answer = typeof responseCode === 'number' ? responseCode : null
  const aboutMail = name === 'EENVELOPE' || name === 'EMESSAGE'
  return { code: name, answer, refused: aboutMail && answer !== null && answer >= 500 && answer < 600 }
}

/**
 * Sends through an SMTP server. What became of each key is written down, so that a repeated job sends nothing twice and
 * tries no refused mail again; should the process die between the two, the key is the Message-ID as well, and the
 * receiving side can drop the second copy.
 */
export function smtpMail(options: { url: string; from: string; db: Db; clock: Clock }): Mail {
  const { from, db, clock } = options
  const transport = createTransport(connection(options.url))
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost'
  const known = async (key: string): Promise<Delivery | null> =>
    (
      await db.query<{ state: Delivery }>('mail_delivery', 'select state from mail_delivery where key = $1', [
        key,
      ])
    )[0]?.state ?? null
  const write = async (key: string, state: Delivery, answer: number | null): Promise<Delivery> => {
    await db.query(
      'mail_delivered',
      'insert into mail_delivery (key, state, code, at) values ($1, $2, $3, $4) on conflict (key) do nothing',
      [key, state, answer, toDate(clock.now())],
    )
    return state
  }
  return {
    async send({ key, to, subject, text, html }) {
      const earlier = await known(key)
      if (earlier) return earlier
      const id = createHash('sha256').update(key).digest('hex').slice(0, 32)
      try {
        await transport.sendMail({
          from,
          to,
          subject,
          text,
          ...(html === undefined ? {} : { html }),
          messageId: `<${id}@${domain}>`,
        })
      } catch (error) {
        const { code, answer, refused } = forGood(error)
        if (refused) return write(key, 'refused', answer)
        throw new MailServerError(code, answer)
      }
      return write(key, 'taken', null)
    },
  }
}
