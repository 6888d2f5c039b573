import { createPublicClient, createTestClient, createWalletClient, http } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { foundry } from 'viem/chains'
import { contract, mnemonic, supply } from '../shared.mjs'
import { reads } from './reads.mjs'
import { refusals } from './refusals.mjs'
import { watching } from './watching.mjs'
import { developing } from './developing.mjs'

// All scenarios of viem, in the order in which they run: the later ones read what the first wrote.
export async function scenarios(url) {
  const options = { chain: foundry, pollingInterval: 50, cacheTime: 0 }
  const retryCount = 0 // a call that fails is to be seen
  const transport = http(url, { retryCount })
  const world = {
    url,
    node: createPublicClient({ ...options, transport }),
    batched: createPublicClient({ ...options, transport: http(url, { retryCount, batch: true }) }),
    tests: createTestClient({ ...options, mode: 'anvil', transport }),
    alice: mnemonicToAccount(mnemonic, { addressIndex: 0 }),
    bob: mnemonicToAccount(mnemonic, { addressIndex: 1 }),
    abi: contract.abi,
  }
  world.wallet = createWalletClient({ ...options, account: world.alice, transport })
  world.token = { abi: contract.abi }
  return {
    ...sending(world),
    ...reads(world),
    ...refusals(world),
    ...watching(world),
    ...developing(world),
  }
}

function sending(world) {
  const { node, wallet, alice, bob, abi, token } = world
  const receipt = (hash) => node.waitForTransactionReceipt({ hash })
  return {
    'deploys a contract': async () => {
      const hash = await wallet.deployContract({ abi, bytecode: contract.bytecode, args: [supply] })
      world.deployed = await receipt(hash)
      token.address = world.deployed.contractAddress
      return { hash, receipt: world.deployed }
    },
    'sends ether and gets the receipt': async () => {
      const hash = await wallet.sendTransaction({ to: bob.address, value: 5n })
      const mined = await receipt(hash)
      return { hash, mined, transaction: await node.getTransaction({ hash }) }
    },
    'sends a transaction that it signed itself': async () => {
      const request = await wallet.prepareTransactionRequest({ to: bob.address, value: 7n })
      const serializedTransaction = await wallet.signTransaction(request)
      const hash = await wallet.sendRawTransaction({ serializedTransaction })
      return { request, serializedTransaction, hash, mined: await receipt(hash) }
    },
    'writes to a contract': async () => {
      const sent = []
      for (const value of [10n, 20n, 30n]) {
        const { request } = await node.simulateContract({
          ...token, account: alice, functionName: 'transfer', args: [bob.address, value],
        })
        sent.push(await receipt(await wallet.writeContract(request)))
      }
      world.transfers = sent
      const subject = `0x${'ab'.repeat(32)}`
      const text = 'text with "quotes", a \\ and ✓'
      const noted = await wallet.writeContract({ ...token, functionName: 'note', args: [subject, text] })
      world.noted = await receipt(noted)
      return { sent, noted: world.noted }
    },
    'counts its transactions': async () => ({
      alice: await node.getTransactionCount({ address: alice.address }),
      pending: await node.getTransactionCount({ address: alice.address, blockTag: 'pending' }),
      before: await node.getTransactionCount({ address: alice.address, blockNumber: 1n }),
    }),
  }
}
