import { Contract, ContractFactory, HDNodeWallet, JsonRpcProvider, Mnemonic } from 'ethers'
import { contract, mnemonic, supply, until } from '../shared.mjs'
import { reads } from './reads.mjs'
import { refusals } from './refusals.mjs'
import { watching } from './watching.mjs'
import { developing } from './developing.mjs'

// All scenarios of ethers, in the order in which they run: the later ones read what the first wrote.
export async function scenarios(url) {
  // without a cache of its own: each question is to reach the wire
  const node = new JsonRpcProvider(url, undefined, { cacheTimeout: -1, batchMaxCount: 1 })
  const batched = new JsonRpcProvider(url, undefined, { cacheTimeout: -1, batchStallTime: 20 })
  node.pollingInterval = 50
  const path = (index) => `m/44'/60'/0'/0/${index}`
  const account = (index) =>
    HDNodeWallet.fromMnemonic(Mnemonic.fromPhrase(mnemonic), path(index)).connect(node)
  // waitForTransaction looks again only at the next block: what is mined between its two looks is never seen here
  const mined = (hash) => until('a receipt', () => node.getTransactionReceipt(hash))
  const world = { url, node, batched, alice: account(0), bob: account(1), plain, mined }
  return {
    ...sending(world),
    ...reads(world),
    ...refusals(world),
    ...watching(world),
    ...developing(world),
  }
}

function sending(world) {
  const { node, alice, bob, mined } = world
  return {
    'deploys a contract': async () => {
      const factory = new ContractFactory(contract.abi, contract.bytecode, alice)
      const deployed = await factory.deploy(supply)
      world.deployed = await deployed.deploymentTransaction().wait()
      world.token = new Contract(world.deployed.contractAddress, contract.abi, alice)
      return plain(world.deployed)
    },
    'sends ether and gets the receipt': async () => {
      const sent = await alice.sendTransaction({ to: bob.address, value: 5n })
      return { receipt: plain(await sent.wait()), sent: plain(await node.getTransaction(sent.hash)) }
    },
    'sends a transaction that it signed itself': async () => {
      const request = await alice.populateTransaction({ to: bob.address, value: 7n })
      const signed = await alice.signTransaction(request)
      const sent = await node.broadcastTransaction(signed)
      return { signed, hash: sent.hash, receipt: plain(await mined(sent.hash)) }
    },
    'writes to a contract': async () => {
      world.transfers = []
      for (const value of [10n, 20n, 30n]) {
        const sent = await world.token.transfer(bob.address, value)
        world.transfers.push(await sent.wait())
      }
      const noted = await world.token.note(`0x${'ab'.repeat(32)}`, 'text with "quotes", a \\ and ✓')
      world.noted = await noted.wait()
      return [...world.transfers, world.noted].map(plain)
    },
    'counts its transactions': async () => ({
      alice: await node.getTransactionCount(alice.address),
      pending: await node.getTransactionCount(alice.address, 'pending'),
      before: await node.getTransactionCount(alice.address, 1),
    }),
  }
}

// What ethers keeps in its objects, without the provider that they hold on to.
function plain(value) {
  if (Array.isArray(value)) return value.map(plain)
  return typeof value?.toJSON === 'function' ? value.toJSON() : value
}
