import { until } from '../shared.mjs'

// Filters, and what ethers builds of them: over HTTP it asks again and again.
export function watching(world) {
  const { node, bob, plain } = world
  const send = async (value) => (await world.token.transfer(bob.address, value)).wait()
  return {
    'uses the filters of the node': async () => {
      const filter = await node.send('eth_newFilter', [{ address: world.token.target }])
      await send(1n)
      return {
        changes: await node.send('eth_getFilterChanges', [filter]),
        nothing: await node.send('eth_getFilterChanges', [filter]),
        logs: await node.send('eth_getFilterLogs', [filter]),
        removed: await node.send('eth_uninstallFilter', [filter]),
      }
    },
    'listens to a contract': async () => {
      const seen = []
      const listener = (from, to, value, { log }) => seen.push({ from, to, value, log: plain(log) })
      let asked = 0
      const counting = ({ action }) => void (action === 'receiveRpcResult' && asked++)
      await node.on('debug', counting)
      await world.token.on('Transfer', listener)
      await until('the filter was made and asked once', () => asked >= 2)
      await node.off('debug', counting)
      await send(41n)
      await send(42n)
      await until('both events are seen', async () => {
        await node.send('evm_mine', []) // ethers asks its filters at new blocks only
        return seen.length >= 2
      })
      await world.token.off('Transfer', listener)
      return seen
    },
    'listens to blocks': async () => {
      const from = (await node.getBlock('latest')).number
      const seen = []
      const listener = (number) => seen.push(number)
      await until('the head is told', async () => (await node.getBlockNumber()) === from)
      await node.on('block', listener)
      await until('it listens', async () => {
        await node.send('evm_mine', [])
        return seen.length > 0
      })
      const head = (await node.getBlock('latest')).number
      await until('the head is seen', () => seen.includes(head))
      await node.off('block', listener)
      // how many were mined until the first was seen is chance; that none was left out is not
      return { gapless: seen.every((number, i) => i === 0 || number === seen[i - 1] + 1) }
    },
  }
}
