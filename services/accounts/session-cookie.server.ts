import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Settings } from '#services/env.server.ts'
import { secretOf } from './seal.server.ts'

type Needed = Pick<Settings, 'origin' | 'sessionSecret'>

const secure = (settings: Needed): boolean => settings.origin.startsWith('https:')

/** better-auth's name for it under our prefix: both read the same cookie. */
export const sessionCookieName = (settings: Needed): string =>
  `${secure(settings) ? '__Secure-' : ''}kith.session_token`

const signature = (secret: string, token: string): string =>
  createHmac('sha256', secret).update(token).digest('base64')

/** Attributes shared by every cookie of signing in. */
export const cookieAttributes = (settings: Needed): string =>
  `Path=/; HttpOnly; SameSite=Lax${secure(settings) ? '; Secure' : ''}`

/**
 * The cookie of a session. How long a session lasts is decided by its row alone (sessions.rules.ts); the cookie
 * stays as long as browsers allow, so that a session that moves on with use needs no new cookie.
 */
export function sessionCookie(settings: Needed, token: string): string {
  const value = encodeURIComponent(`${token}.${signature(secretOf(settings), token)}`)
  return `${sessionCookieName(settings)}=${value}; Max-Age=34560000; ${cookieAttributes(settings)}`
}

export const endedSessionCookie = (settings: Needed): string =>
  `${sessionCookieName(settings)}=; Max-Age=0; ${cookieAttributes(settings)}`

/** The value of one cookie in a Cookie header. */
export function readCookie(header: string | null, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) {
      try {
        return decodeURIComponent(part.slice(at + 1).trim())
      } catch {
        return null
      }
    }
  }
  return null
}

/** The token of a session cookie that we signed ourselves; null for none and for a forged one. */
export function readSessionToken(settings: Needed, header: string | null): string | null {
  const value = readCookie(header, sessionCookieName(settings))
  const at = value?.lastIndexOf('.') ?? -1
  if (!value || at < 1) return null
  const token = value.slice(0, at)
  const given = Buffer.from(value.slice(at + 1))
  const right = Buffer.from(signature(secretOf(settings), token))
  return given.length === right.length && timingSafeEqual(given, right) ? token : null
}
