// node browser.mjs CHROMIUM RPC_URL: opens a page of one origin that may call the node, and of one
// that may not, and prints what fetch told each. The page's origins are the two ports given.
import { chromium } from 'playwright-core'

const [executablePath, rpc, ...origins] = process.argv.slice(2)
const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})

// Runs in the page.
async function ask(url) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' }, // makes the browser ask by a preflight first
      body: '{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}',
    })
    return { status: response.status, body: await response.json() }
  } catch (error) {
    return { refused: String(error) }
  }
}

try {
  for (const origin of origins) {
    const page = await browser.newPage()
    await page.goto(origin)
    console.log(JSON.stringify({ origin, told: await page.evaluate(ask, rpc) }))
    await page.close()
  }
} finally {
  await browser.close()
}
