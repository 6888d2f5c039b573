// node run.mjs LIBRARY URL: runs the scenarios of one client library against the node at URL, one
// after another, and prints for each one line of JSON with what the library saw.
const [library, url] = process.argv.slice(2)
const { scenarios } = await import(`./${library}/scenarios.mjs`)

// A bigint has no form in JSON, and `undefined` would vanish: both are to be compared.
const printable = (_, value) =>
  typeof value === 'bigint' ? `${value}n` : value === undefined ? 'undefined' : value

for (const [name, scenario] of Object.entries(await scenarios(url))) {
  const line = { scenario: name }
  try {
    line.saw = await scenario()
  } catch (error) {
    line.failed = error.stack ?? String(error)
  }
  // the address that was asked stands in the libraries' own messages
  console.log(JSON.stringify(line, printable).replaceAll(url, 'URL'))
}
process.exit(0) // watchers and kept-alive connections hold the process open
