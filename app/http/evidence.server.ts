import type { EvidenceFile } from '#services/purchases/evidence.server.ts'
import { attachment } from '#services/purchases/evidence.rules.ts'

/**
 * A paper that somebody sent, as a file to keep: never shown inside a page, never guessed at, never cached. The last two are
 * headers of every private page (security.server.ts).
 */
export const evidenceResponse = ({ name, mime, bytes }: EvidenceFile): Response =>
  new Response(Uint8Array.from(bytes), {
    headers: {
      'content-type': mime,
      'content-disposition': attachment(name),
      'content-length': String(bytes.length),
      'content-security-policy': "default-src 'none'; sandbox",
    },
  })
