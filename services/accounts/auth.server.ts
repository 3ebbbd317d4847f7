import { passkey } from '@better-auth/passkey'
import { APIError } from 'better-auth/api'
import { betterAuth } from 'better-auth/minimal'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { emailOTP, twoFactor } from 'better-auth/plugins'
import { addJob } from '#services/jobs/add-job.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { hashCodes, newBackupCodes } from './backup-code-rules.server.ts'
import { machineNow } from './machine-time.ts'
import { keyedHash, secretOf } from './seal.server.ts'
import { firstExpiry, SESSION_HOURS, sessionKind } from './sessions.rules.ts'
import { codeMail } from './sign-in-mail.ts'
import { signInLink } from './sign-in-link.server.ts'

export const CODE_MINUTES = 10
export const CODE_TRIES = 5

const PASSKEY_SIGN_IN = '/passkey/verify-authentication'

async function kindOf(deps: Deps, userId: string) {
  const user = await deps.db.prisma.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      operator: true,
      staff: { where: { endedAt: null }, select: { id: true }, take: 1 },
      memberships: { where: { endedAt: null }, select: { id: true }, take: 1 },
    },
  })
  return sessionKind({
    operator: user.operator,
    staff: user.staff.length > 0,
    provider: user.memberships.length > 0,
  })
}

/** Under which name a code waits: the library's names hold the address. */
const verificationKey = (deps: Deps, identifier: string): string =>
  keyedHash(secretOf(deps.settings), 'verification', identifier)

/** Makes earlier codes for this address worthless: the library keeps each until its own end. */
export async function forgetCodes(deps: Deps, email: string): Promise<void> {
  await deps.db.prisma.authVerification.deleteMany({
    where: { identifier: verificationKey(deps, `sign-in-otp-${email}`) },
  })
}

function makeAuth(deps: Deps) {
  const { settings } = deps
  const secret = secretOf(settings)
  const verified = (done: boolean | undefined): void => {
    // A passkey stands for two steps only when the device asked for a finger, a face or a PIN.
    if (!done) throw new APIError('UNAUTHORIZED', { message: 'The device did not check who is using it' })
  }
  return betterAuth({
    appName: 'Kith',
    baseURL: settings.origin,
    secret,
    database: prismaAdapter(deps.db.prisma, { provider: 'postgresql' }),
    telemetry: { enabled: false },
    // Its messages may hold addresses.
    logger: { disabled: true },
    // No handler of its own is mounted: every call comes through a use case, which counts tries in the database.
    rateLimit: { enabled: false },
    account: { modelName: 'authAccount' },
    verification: {
      modelName: 'authVerification',
      storeIdentifier: { hash: (identifier) => Promise.resolve(verificationKey(deps, identifier)) },
    },
    session: {
      expiresIn: SESSION_HOURS.person * 3_600,
      disableSessionRefresh: true,
      additionalFields: {
        secondStepAt: { type: 'date', required: false, input: false },
        actingAuthorityId: { type: 'string', required: false, input: false },
      },
    },
    advanced: {
      cookiePrefix: 'kith',
      useSecureCookies: settings.origin.startsWith('https:'),
      // Where somebody was is nobody's business; the list of devices shows the browser's kind.
      ipAddress: { disableIpTracking: true },
      database: { generateId: false },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) => {
            const now = machineNow(deps.clock)
            return {
              data: {
                ...session,
                expiresAt: toDate(firstExpiry(await kindOf(deps, session.userId), now)),
                ...(context?.path === PASSKEY_SIGN_IN ? { secondStepAt: toDate(now) } : {}),
              },
            }
          },
        },
      },
    },
    plugins: [
      emailOTP({
        otpLength: 6,
        expiresIn: CODE_MINUTES * 60,
        allowedAttempts: CODE_TRIES,
        // Keyed, because six digits under a plain hash are read back in a second.
        storeOTP: { hash: (code) => Promise.resolve(keyedHash(secret, 'sign-in code', code)) },
        async sendVerificationOTP({ email, otp, type }) {
          if (type !== 'sign-in') return
          const link = signInLink(deps, { email, code: otp })
          const mail = codeMail({ to: email, code: otp, link, minutes: CODE_MINUTES })
          await deps.db.tx((tx) => addJob(tx, 'send_mail', { ...mail, key: `code:${newId()}` }))
        },
      }),
      twoFactor({
        issuer: 'Kith',
        allowPasswordless: true,
        backupCodeOptions: {
          customBackupCodesGenerate: newBackupCodes,
          storeBackupCodes: {
            encrypt: (json) => Promise.resolve(hashCodes(secret, json)),
            // The library compares with what is typed, which is hashed before it gets it.
            decrypt: (stored) => Promise.resolve(stored),
          },
        },
      }),
      passkey({
        rpName: 'Kith',
        rpID: new URL(settings.origin).hostname,
        origin: new URL(settings.origin).origin,
        advanced: { webAuthnChallengeCookie: 'passkey' },
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          afterVerification: ({ verification }) =>
            Promise.resolve(verified(verification.registrationInfo?.userVerified)),
        },
        authentication: {
          afterVerification: ({ verification }) =>
            Promise.resolve(verified(verification.authenticationInfo.userVerified)),
        },
      }),
    ],
  })
}

type Auth = ReturnType<typeof makeAuth>
const made = new WeakMap<Deps, Auth>()

/** The library that keeps codes, passkeys and second steps; one for each set of dependencies. */
export function authOf(deps: Deps): Auth {
  const known = made.get(deps)
  if (known) return known
  const auth = makeAuth(deps)
  made.set(deps, auth)
  return auth
}

/** The library's word for what went wrong ('OTP_EXPIRED'); null when it was not the library that refused. */
export function authRefusal(error: unknown): string | null {
  if (!(error instanceof APIError)) return null
  const { code } = (error.body ?? {}) as { code?: unknown }
  return typeof code === 'string' ? code : 'REFUSED'
}
