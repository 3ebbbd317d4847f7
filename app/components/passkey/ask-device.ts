export interface DeviceQuestion {
  /** 'make' a new passkey or 'use' one. */
  kind: 'make' | 'use'
  /** Options in the JSON form of WebAuthn: bytes are base64url text. */
  options: Record<string, unknown>
}

function bytes(text: unknown): ArrayBuffer {
  const binary = atob(String(text).replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0)).buffer
}
const words = (buffer: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

interface Listed {
  id: string
  type: 'public-key'
  transports?: AuthenticatorTransport[]
}
const listed = (list: unknown): PublicKeyCredentialDescriptor[] =>
  (Array.isArray(list) ? (list as Listed[]) : []).map((item) => ({ ...item, id: bytes(item.id) }))

async function make(options: Record<string, unknown>): Promise<unknown> {
  const user = options['user'] as Record<string, unknown>
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options['challenge']),
      user: { ...user, id: bytes(user['id']) },
      excludeCredentials: listed(options['excludeCredentials']),
    } as unknown as PublicKeyCredentialCreationOptions,
  })
  if (!(made instanceof PublicKeyCredential)) return null
  const answer = made.response as AuthenticatorAttestationResponse
  return {
    id: made.id,
    rawId: words(made.rawId),
    type: made.type,
    clientExtensionResults: made.getClientExtensionResults(),
    response: {
      clientDataJSON: words(answer.clientDataJSON),
      attestationObject: words(answer.attestationObject),
      transports: answer.getTransports(),
    },
  }
}

async function use(options: Record<string, unknown>): Promise<unknown> {
  const used = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options['challenge']),
      allowCredentials: listed(options['allowCredentials']),
    } as unknown as PublicKeyCredentialRequestOptions,
  })
  if (!(used instanceof PublicKeyCredential)) return null
  const answer = used.response as AuthenticatorAssertionResponse
  return {
    id: used.id,
    rawId: words(used.rawId),
    type: used.type,
    clientExtensionResults: used.getClientExtensionResults(),
    response: {
      clientDataJSON: words(answer.clientDataJSON),
      authenticatorData: words(answer.authenticatorData),
      signature: words(answer.signature),
      ...(answer.userHandle ? { userHandle: words(answer.userHandle) } : {}),
    },
  }
}

/** The device's answer as text; null when somebody pressed "cancel", waited too long, or the device knows no passkeys. */
export async function askDevice({ kind, options }: DeviceQuestion): Promise<string | null> {
  try {
    const answer = kind === 'make' ? await make(options) : await use(options)
    return answer === null ? null : JSON.stringify(answer)
  } catch {
    return null
  }
}
