import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { keptMail } from '#services/adapters/mail/kept.server.ts'
import { smtpMail } from '#services/adapters/mail/smtp.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { newId } from '#services/kernel/ids.ts'
import type { Mail, MailMessage } from '#services/ports/mail.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const FROM = 'Kith <no-reply@kith.example>'

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/mail/${name}`, import.meta.url))
const CERTIFICATE = { key: fixture('key.pem'), cert: fixture('certificate.pem') }

interface Post {
  to: string[]
  raw: string
  secure: boolean
  user: string | null
}

/** A real mail server on this machine, which does as `behaves` says. */
interface PostOffice {
  port: number
  posts: Post[]
  close(): Promise<void>
}
const refusal = (answer: number, words: string): Error =>
  Object.assign(new Error(words), { responseCode: answer })

async function postOffice(
  options: SMTPServerOptions & { answers?: (to: string) => Error | null; atTheEnd?: () => Error | null } = {},
): Promise<PostOffice> {
  const { answers = () => null, atTheEnd = () => null, ...rest } = options
  const posts: Post[] = []
  const server = new SMTPServer({
    ...CERTIFICATE,
    authOptional: true,
    onRcptTo: ({ address }, _session, done) => {
      done(answers(address))
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const fault = atTheEnd()
        if (!fault)
          posts.push({
            to: session.envelope.rcptTo.map(({ address }) => address),
            raw: Buffer.concat(chunks).toString('utf8'),
            secure: session.secure,
            user: typeof session.user === 'string' ? session.user : null,
          })
        done(fault)
      })
    },
    ...rest,
  })
  // Broken off connections are part of what is tested.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    posts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
      }),
  }
}

const through = (url: string): Mail =>
  smtpMail({ url, from: FROM, db: house().deps.db, clock: house().deps.clock })
const message = (changes: Partial<MailMessage> = {}): MailMessage => ({
  to: `${newId()}@test.example`,
  subject: 'Your code – for “Joan’s” account',
  text: 'Plain words: £27.50\n',
  html: '<p>Plain words: £27.50</p>',
  key: `test:${newId()}`,
  ...changes,
})
const deliveries = (key: string) =>
  house().asOwner<{ state: string; code: number | null }>(
    'select state, code from mail_delivery where key = $1',
    [key],
  )

interface Kept {
  to: string
  said: string
}
/** The two ways mail goes out, and how to look at what went. */
const ADAPTERS: readonly [
  string,
  () => Promise<{ mail: Mail; went: (to: string) => Promise<Kept[]>; close: () => Promise<void> }>,
][] = [
  [
    'kept mail',
    () =>
      Promise.resolve({
        mail: keptMail(house().deps.db, house().deps.clock),
        went: async (to) =>
          (
            await house().asOwner<{ recipient: string; subject: string }>(
              'select recipient, subject from mail_message where recipient = $1',
              [to],
            )
          ).map(({ recipient, subject }) => ({ to: recipient, said: subject })),
        close: () => Promise.resolve(),
      }),
  ],
  [
    'a mail server',
    async () => {
      const office = await postOffice({ disabledCommands: ['AUTH'] })
      return {
        mail: through(`smtp://127.0.0.1:${String(office.port)}?tls.rejectUnauthorized=false`),
        went: (to) =>
          Promise.resolve(
            office.posts.filter((post) => post.to.includes(to)).map((post) => ({ to, said: post.raw })),
          ),
        close: () => office.close(),
      }
    },
  ],
]

describe.each(ADAPTERS)('the mail port: %s', (_name, open) => {
  let adapter: Awaited<ReturnType<typeof open>>
  beforeAll(async () => {
    adapter = await open()
  })
  afterAll(() => adapter.close())

  test('takes a mail with both its forms, and says so', async () => {
    const mail = message()
    expect(await adapter.mail.send(mail)).toBe('taken')
    expect(await adapter.went(mail.to)).toHaveLength(1)
  })
  test('takes a mail that is plain words alone', async () => {
    const { html: _html, ...mail } = message()
    expect(await adapter.mail.send(mail)).toBe('taken')
    expect(await adapter.went(mail.to)).toHaveLength(1)
  })
  test('never sends one key twice', async () => {
    const mail = message()
    expect(await adapter.mail.send(mail)).toBe('taken')
    expect(await adapter.mail.send(mail)).toBe('taken')
    expect(await adapter.went(mail.to)).toHaveLength(1)
  })
  test('a line break in a subject makes no further header', async () => {
    const mail = message({ subject: 'Hello\r\nBcc: everybody@test.example' })
    await adapter.mail.send(mail)
    const went = await adapter.went(mail.to)
    expect(went).toHaveLength(1)
    expect(went[0]?.said).not.toMatch(/^Bcc:/m)
  })
  test('writes no address and no words into a log', async () => {
    const mail = message()
    await adapter.mail.send(mail)
    expect(JSON.stringify(house().logged)).not.toContain(mail.to)
  })
})

describe('the way to a mail server', () => {
  const one = async (
    office: PostOffice,
    { account = '', query = 'tls.rejectUnauthorized=false' } = {},
  ): Promise<Post | undefined> => {
    const mail = message()
    await through(`smtp://${account}127.0.0.1:${String(office.port)}?${query}`).send(mail)
    return office.posts.find(({ to }) => to.includes(mail.to))
  }

  test('changes to TLS where the server offers it', async () => {
    const office = await postOffice()
    expect(await one(office)).toMatchObject({ secure: true })
    await office.close()
  })
  test('says nothing to a server that offers none, when it is required', async () => {
    const office = await postOffice({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
    await expect(one(office, { query: 'requireTLS=true' })).rejects.toMatchObject({ name: 'MailServerError' })
    expect(office.posts).toEqual([])
    expect(await one(office, { query: 'requireTLS=false' })).toMatchObject({ secure: false })
    await office.close()
  })
  test('refuses a certificate that nobody vouches for, unless it is told to take it', async () => {
    const office = await postOffice()
    await expect(one(office, { query: 'requireTLS=true' })).rejects.toMatchObject({ name: 'MailServerError' })
    expect(office.posts).toEqual([])
    await office.close()
  })
  test('speaks TLS from the first word with smtps', async () => {
    const office = await postOffice({ secure: true })
    const mail = message()
    const mailer = through(`smtps://127.0.0.1:${String(office.port)}?tls.rejectUnauthorized=false`)
    expect(await mailer.send(mail)).toBe('taken')
    expect(office.posts[0]).toMatchObject({ secure: true })
    await office.close()
  })
  test('logs in with the account of its address; a wrong password is no fault of the mail', async () => {
    const office = await postOffice({
      authOptional: false,
      onAuth: ({ username, password }, _session, done) => {
        if (username === 'kith@council' && password === 'p:ss/word') done(null, { user: username })
        else done(new Error('no such account'))
      },
    })
    const right = `${encodeURIComponent('kith@council')}:${encodeURIComponent('p:ss/word')}@`
    expect(await one(office, { account: right })).toMatchObject({ user: 'kith@council' })
    const mail = message()
    const wrong = through(`smtp://kith:wrong@127.0.0.1:${String(office.port)}?tls.rejectUnauthorized=false`)
    await expect(wrong.send(mail)).rejects.toMatchObject({ name: 'MailServerError', code: 'EAUTH' })
    expect(await deliveries(mail.key)).toEqual([])
    await office.close()
  })
  test('the key is the Message-ID, so that a second copy can be dropped', async () => {
    const office = await postOffice()
    const mail = message()
    await through(`smtp://127.0.0.1:${String(office.port)}?tls.rejectUnauthorized=false`).send(mail)
    expect(office.posts[0]?.raw).toMatch(/^Message-ID: <[0-9a-f]{32}@kith\.example>\r$/m)
    expect(office.posts[0]?.raw).not.toContain(mail.key)
    await office.close()
  })
})

describe('a mail that goes wrong, in a job', () => {
  let say: Error | null = null
  let sayAtTheEnd: Error | null = null
  let office: PostOffice
  beforeAll(async () => {
    office = await postOffice({ answers: () => say, atTheEnd: () => sayAtTheEnd })
    // The house's own mail is the one that jobs use.
    const mailer = through(`smtp://127.0.0.1:${String(office.port)}?tls.rejectUnauthorized=false`)
    house().mail.send = (mail) => mailer.send(mail)
  })
  beforeEach(() => {
    say = null
    sayAtTheEnd = null
  })
  afterAll(() => office.close())

  const give = async (): Promise<MailMessage> => {
    const { html = '', ...mail } = message()
    await house().deps.db.tx((tx) => addJob(tx, 'send_mail', { ...mail, html }, { key: mail.key }))
    await house().runJobs()
    return mail
  }
  const job = (key: string) =>
    house().asOwner<{ attempts: number; waits: number; last_error: string | null }>(
      `select j.attempts, extract(epoch from j.run_at - j.updated_at)::float as waits, j.last_error
       from graphile_worker.jobs j where j.key = $1`,
      [key],
    )
  /** The queue writes down how a job went a moment after it was worked on. */
  const waiting = (key: string, attempts: number, longerThan: number) =>
    expect
      .poll(() => job(key))
      .toMatchObject([{ attempts, waits: expect.toSatisfy((waits: number) => waits > longerThan) as number }])
  const gone = (key: string) => expect.poll(() => job(key)).toEqual([])
  const makeDue = (key: string) =>
    house().asOwner('update graphile_worker._private_jobs set run_at = now() where key = $1', [key])
  const arrived = (mail: MailMessage): number => office.posts.filter(({ to }) => to.includes(mail.to)).length

  test.each([
    ['the address', () => (say = refusal(451, 'try later, somebody@test.example'))],
    ['the words', () => (sayAtTheEnd = refusal(452, 'no room for somebody@test.example'))],
  ])('“not now” about %s is tried again, later each time, and arrives once', async (_what, refuse) => {
    refuse()
    const mail = await give()
    await waiting(mail.key, 1, 0)
    const [first] = await job(mail.key)
    await makeDue(mail.key)
    await house().runJobs()
    await waiting(mail.key, 2, first?.waits ?? 0)
    expect(await deliveries(mail.key)).toEqual([])
    say = null
    sayAtTheEnd = null
    await makeDue(mail.key)
    await house().runJobs()
    await gone(mail.key)
    expect(arrived(mail)).toBe(1)
    expect(await deliveries(mail.key)).toEqual([{ state: 'taken', code: null }])
  })

  test('“never” is written down with the server’s answer and not tried again', async () => {
    say = refusal(550, 'no such person: somebody@test.example')
    const mail = await give()
    await gone(mail.key)
    expect(await deliveries(mail.key)).toEqual([{ state: 'refused', code: 550 }])
    say = null
    // The same key again, as a repeated job has it.
    await house().deps.mail.send(mail)
    expect(arrived(mail)).toBe(0)
  })

  test('a server that is not there is no answer: the job waits', async () => {
    const closed = await postOffice()
    await closed.close()
    const mail = message()
    await expect(through(`smtp://127.0.0.1:${String(closed.port)}`).send(mail)).rejects.toMatchObject({
      name: 'MailServerError',
    })
    expect(await deliveries(mail.key)).toEqual([])
  })

  test('nothing personal is in the log, the queue’s errors or what is written down', async () => {
    say = refusal(451, 'try later: joan.ellery@test.example')
    const mail = await give()
    const known = JSON.stringify([house().logged, await job(mail.key), await deliveries(mail.key)])
    expect(house().logged.some(({ msg }) => msg === 'job failed')).toBe(true)
    for (const words of [mail.to, mail.subject, 'Plain words', 'joan.ellery', 'somebody@'])
      expect(known).not.toContain(words)
  })
})
