import { spawn } from 'node:child_process'
import { root } from './paths.mjs'

/**
 * Runs a program to its end. Its words go to ours unless `capture`.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runCommand(command, args, { env = process.env, capture = false, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      // npm is a script with an extension on Windows.
      shell: process.platform === 'win32' && !/\.exe$/i.test(command),
    })
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }))
    child.on('close', (code, signal) => resolve({ code: code ?? (signal ? 143 : 1), output }))
  })
}

/** Runs a package's own command by its file, so that no shell and no npx is needed. */
export const runNode = (file, args, options) => runCommand(process.execPath, [file, ...args], options)
