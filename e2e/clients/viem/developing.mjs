import { until } from '../shared.mjs'

// What only a development node takes: a gateway in front of it is not to stand in the way.
export function developing(world) {
  const { node, tests, wallet, bob } = world
  const stranger = '0x00000000000000000000000000000000000c0ffe'
  const accounts = () => node.request({ method: 'eth_accounts' })
  const balance = (address) => node.getBalance({ address })
  return {
    'lists the accounts of the node': accounts,
    'asks the node for its version': async () => ({
      client: await node.request({ method: 'web3_clientVersion' }),
      network: await node.request({ method: 'net_version' }),
      listening: await node.request({ method: 'net_listening' }),
      syncing: await node.request({ method: 'eth_syncing' }),
      hashed: await node.request({ method: 'web3_sha3', params: ['0x68656c6c6f20776f726c64'] }),
    }),
    'sets a balance, a code, a nonce and a storage slot': async () => {
      await tests.setBalance({ address: stranger, value: 10n ** 20n })
      await tests.setCode({ address: stranger, bytecode: '0x6001600101' })
      await tests.setNonce({ address: stranger, nonce: 9 })
      await tests.setStorageAt({
        address: stranger, index: 3, value: `0x${'11'.repeat(32)}`,
      })
      return {
        balance: await balance(stranger),
        code: await node.getCode({ address: stranger }),
        nonce: await node.getTransactionCount({ address: stranger }),
        slot: await node.getStorageAt({ address: stranger, slot: '0x3' }),
      }
    },
    'sends from an account that it impersonates': async () => {
      const from = '0x00000000000000000000000000000000000decaf'
      await tests.setBalance({ address: from, value: 10n ** 20n })
      await tests.impersonateAccount({ address: from })
      const hash = await wallet.sendTransaction({ account: from, to: bob.address, value: 12n })
      const receipt = await node.waitForTransactionReceipt({ hash })
      await tests.stopImpersonatingAccount({ address: from })
      return { hash, receipt }
    },
    'sends from an account of the node': async () => {
      const [, , third] = await accounts()
      const hash = await wallet.sendTransaction({ account: third, to: bob.address, value: 13n })
      return node.waitForTransactionReceipt({ hash })
    },
    'mines, and the new head is seen': async () => {
      const before = await node.getBlock()
      await tests.mine({ blocks: 2 })
      const after = await node.getBlock()
      await until('the head is told', async () => (await node.getBlockNumber()) === after.number)
      return { before, after }
    },
    'goes back to a snapshot': async () => {
      const before = await balance(stranger)
      const head = (await node.getBlock()).number
      const id = await tests.snapshot()
      await tests.setBalance({ address: stranger, value: 1n })
      await tests.mine({ blocks: 1 })
      const between = await balance(stranger)
      await tests.revert({ id })
      const after = await balance(stranger)
      await until('the head went back', async () => (await node.getBlockNumber()) === head)
      return { before, between, after, head }
    },
    'reads the pool of transactions': async () => {
      await tests.setAutomine(false)
      const hash = await wallet.sendTransaction({ to: bob.address, value: 1n })
      const pending = await node.getTransaction({ hash })
      const status = await tests.getTxpoolStatus()
      await tests.mine({ blocks: 1 })
      await tests.setAutomine(true)
      return { pending, status, mined: await node.waitForTransactionReceipt({ hash }) }
    },
    'replaces the last blocks by others': async () => {
      const head = (await node.getBlock()).number
      await node.request({ method: 'anvil_reorg', params: [1, []] })
      return { head, after: await node.getBlock() }
    },
  }
}
