// Installs what package-lock.json names, unless that is what is installed already.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'

const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
const marker = 'node_modules/.installed-lock'
if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) process.exit(0)

const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], {
  stdio: 'inherit',
})
if (npm.status === 0) writeFileSync(marker, lock)
process.exit(npm.status ?? 1)
