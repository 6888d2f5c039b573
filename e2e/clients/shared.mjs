import { readFileSync } from 'node:fs'

export const contract = JSON.parse(
  readFileSync(new URL('../contract/SampleToken.json', import.meta.url), 'utf8'),
)

// The mnemonic of anvil's funded accounts: it is printed at each start of the node.
export const mnemonic = 'test test test test test test test test test test test junk'

export const supply = 1_000_000n

// Waits until the condition holds: for what arrives by polling.
export async function until(what, condition, milliseconds = 8_000) {
  const deadline = Date.now() + milliseconds
  for (;;) {
    const value = await condition()
    if (value) return value
    if (Date.now() > deadline) throw new Error(`timed out: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

// What a call was refused with, or a failure if it was not refused.
export async function refusal(call, describe) {
  let value
  try {
    value = await call()
  } catch (error) {
    return describe(error)
  }
  throw new Error(`was to be refused, but answered ${value}`)
}
