// npm run build
import { build } from './lib/build.mjs'
import { fail } from './lib/fail.mjs'
import { prepare } from './lib/install.mjs'

await prepare()
  .then(() => build({ always: true }))
  .catch(fail)
