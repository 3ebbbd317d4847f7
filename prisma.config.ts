import { defineConfig } from 'prisma/config'

// The address of the database is given by services/env.server.ts at run time; generating needs none.
export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
})
