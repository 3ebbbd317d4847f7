import { encode } from 'uqr'

/** How a key gets into an authenticator app: a picture to point a camera at, letters to type, or an address to open. */
export interface AppKey {
  /** In groups of four. */
  typed: string
  /** `otpauth://…`, which an app on this device opens. */
  uri: string
  picture: QrPicture
}

export interface QrPicture {
  /** Modules along one side, the quiet zone included. */
  size: number
  /** The dark modules as one SVG path, a unit each. */
  path: string
}

const QUIET = 4

/** Drawn here and not by the library, whose pictures bring attributes of their own. */
export function qrPicture(text: string): QrPicture {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET })
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${String(x)} ${String(y)}h1v1h-1z` : '')))
    .join('')
  return { size, path }
}

/** @param uri with the key as its parameter `secret` */
export function appKey(uri: string): AppKey {
  const key = new URL(uri).searchParams.get('secret') ?? ''
  return { typed: key.replaceAll(/(.{4})(?=.)/g, '$1 '), uri, picture: qrPicture(uri) }
}
