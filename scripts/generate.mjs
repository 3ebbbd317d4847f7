// `prisma generate` without the schema engine, which generating does not need and not every machine can fetch.
import { generate } from './lib/install.mjs'

await generate({ always: true })
