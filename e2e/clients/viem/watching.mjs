import { createPublicClient, http, parseAbiItem } from 'viem'
import { foundry } from 'viem/chains'
import { until } from '../shared.mjs'

const transfer = parseAbiItem(
  'event Transfer(address indexed from, address indexed to, uint256 value)',
)

// Filters, and what viem builds of them: over HTTP it asks again and again.
export function watching(world) {
  const { node, wallet, tests, bob, token } = world
  const send = async (value) => {
    const hash = await wallet.writeContract({
      ...token, functionName: 'transfer', args: [bob.address, value],
    })
    return node.waitForTransactionReceipt({ hash })
  }
  return {
    'uses an event filter': async () => {
      const filter = await node.createContractEventFilter({ ...token, eventName: 'Transfer' })
      await send(1n)
      const first = await node.getFilterChanges({ filter })
      const nothing = await node.getFilterChanges({ filter })
      await send(2n)
      await send(3n)
      const second = await node.getFilterChanges({ filter })
      const logs = await node.getFilterLogs({ filter })
      return { first, nothing, second, logs, removed: await node.uninstallFilter({ filter }) }
    },
    'keeps two equal filters apart': async () => {
      const [one, two] = await Promise.all([node.createBlockFilter(), node.createBlockFilter()])
      await tests.mine({ blocks: 1 })
      return {
        differ: one.id !== two.id,
        one: await node.getFilterChanges({ filter: one }),
        two: await node.getFilterChanges({ filter: two }),
      }
    },
    'uses a filter of pending transactions': async () => {
      const filter = await node.createPendingTransactionFilter()
      const { transactionHash } = await send(4n)
      const seen = await node.getFilterChanges({ filter })
      return { seen, transactionHash }
    },
    'watches events': async () => {
      let answers = 0
      const transport = http(world.url, { onFetchResponse: () => void answers++ })
      const watcher = createPublicClient({ chain: foundry, pollingInterval: 50, transport })
      const seen = []
      const stop = watcher.watchEvent({
        address: token.address,
        event: transfer,
        args: { to: bob.address },
        onLogs: (logs) => seen.push(...logs),
        onError: (error) => seen.push(String(error)),
      })
      await until('the watcher has made its filter and asked it once', () => answers >= 2)
      await send(40n)
      await send(50n)
      await until('both events are seen', () => seen.length >= 2)
      stop()
      return seen
    },
    'watches blocks': async () => {
      const seen = new Map()
      const errors = []
      const stop = node.watchBlocks({
        emitMissed: true,
        emitOnBegin: true,
        onBlock: (block) => seen.set(block.number, block),
        onError: (error) => errors.push(String(error)),
      })
      await until('the watch began', () => seen.size > 0)
      const [from] = seen.keys()
      await tests.mine({ blocks: 3 })
      await until('three new blocks are seen', () => seen.has(from + 3n))
      stop()
      return { blocks: [...seen.values()], errors }
    },
    'watches block numbers': async () => {
      // a gateway may learn of a block later than its node: what counts is that it does
      const head = (await node.getBlock()).number
      const seen = []
      const stop = node.watchBlockNumber({ emitMissed: true, onBlockNumber: (n) => seen.push(n) })
      await until('the watch began', () => seen.includes(head))
      await tests.mine({ blocks: 2 })
      await until('the new head is seen', () => seen.includes(head + 2n))
      stop()
      return seen.filter((n) => n >= head)
    },
  }
}
