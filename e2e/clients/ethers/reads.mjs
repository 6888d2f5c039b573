import { id, toBeHex, toQuantity, zeroPadValue } from 'ethers'
import { refusal } from '../shared.mjs'

// What ethers reads of the chain. Nothing here changes it.
export function reads(world) {
  return { ...blocks(world), ...state(world), ...events(world), ...batches(world) }
}

function blocks(world) {
  const { node, plain } = world
  return {
    'reads blocks by number, hash and tag': async () => {
      const first = await node.getBlock(1, true)
      const all = [
        first,
        await node.getBlock(first.hash, true),
        await node.getBlock(2),
        await node.getBlock('earliest'),
        await node.getBlock('latest'),
        await node.getBlock('safe'),
        await node.getBlock('finalized', true),
      ]
      const fetched = first.prefetchedTransactions.map(plain)
      return { all: all.map(plain), fetched, missing: await node.getBlock(0xffffff) }
    },
    'reads transactions and their receipts': async () => {
      const { hash } = world.deployed
      return {
        transaction: plain(await node.getTransaction(hash)),
        receipt: plain(await node.getTransactionReceipt(hash)),
        missing: await node.getTransaction(id('nothing')),
        missingReceipt: await node.getTransactionReceipt(id('nothing')),
      }
    },
    'asks for the network and its fees': async () => ({
      network: plain(await node.getNetwork()),
      fees: plain(await node.getFeeData()),
      history: await node.send('eth_feeHistory', ['0x4', 'latest', [25, 75]]),
    }),
  }
}

function state(world) {
  const { node, alice, bob } = world
  return {
    'reads balances': async () => ({
      alice: await node.getBalance(alice.address),
      bob: await node.getBalance(bob.address),
      bobAtStart: await node.getBalance(bob.address, 0),
      bobLater: await node.getBalance(bob.address, 2),
      bobFinal: await node.getBalance(bob.address, 'finalized'),
    }),
    'calls a contract': async () => {
      const { token, transfers, deployed } = world
      const at = ({ blockNumber }) => ({ blockTag: blockNumber })
      return {
        now: await token.balanceOf(bob.address),
        first: await token.balanceOf(alice.address, at(deployed)),
        early: await token.balanceOf(bob.address, at(transfers[0])),
        late: await token.balanceOf(bob.address, at(transfers[2])),
        note: await token.lastNote(),
      }
    },
    'estimates': async () => ({
      gas: await node.estimateGas({ from: alice.address, to: bob.address, value: 1n }),
      contractGas: await world.token.transfer.estimateGas(bob.address, 1n),
    }),
    'reads code, storage and proofs': async () => {
      const { deployed, token } = world
      const { blockNumber } = deployed
      const slots = [0, 1].map((slot) => toBeHex(slot, 32))
      return {
        code: await node.getCode(token.target),
        codeThen: await node.getCode(token.target, blockNumber),
        noCode: await node.getCode(token.target, 0),
        supply: await node.getStorage(token.target, 0),
        notes: await node.getStorage(token.target, 1, blockNumber),
        proof: await node.send('eth_getProof', [token.target, slots, 'latest']),
        proofThen: await node.send('eth_getProof', [token.target, slots, toQuantity(blockNumber)]),
      }
    },
  }
}

function events(world) {
  const { node, alice, bob, plain } = world
  return {
    'reads logs by topic, range and block': async () => {
      const { token, noted, transfers } = world
      const address = token.target
      const logs = async (filter) => plain(await node.getLogs({ address, ...filter }))
      const transfer = token.interface.getEvent('Transfer').topicHash
      const sender = zeroPadValue(alice.address, 32)
      return {
        all: await logs({ fromBlock: 0 }),
        range: await logs({ fromBlock: 0, toBlock: transfers[1].blockNumber, topics: [transfer] }),
        either: await logs({ fromBlock: 0, topics: [[transfer, sender]] }),
        both: await logs({ fromBlock: 0, topics: [transfer, sender] }),
        block: await logs({ blockHash: noted.blockHash }),
        decoded: (await token.queryFilter(token.filters.Noted(), 0)).map(({ args }) => [...args]),
        toBob: plain(await token.queryFilter(token.filters.Transfer(null, bob.address), 0)),
      }
    },
  }
}

function batches(world) {
  const { batched, bob, plain } = world
  return {
    'sends batches': async () => {
      const told = ({ code, error }) => ({ code, error })
      const [network, balance, block, again, logs, unknown] = await Promise.all([
        batched.send('eth_chainId', []),
        batched.getBalance(bob.address),
        batched.getBlock(1),
        batched.getBlock(1),
        batched.getLogs({ fromBlock: 0 }),
        refusal(() => batched.send('no_suchMethod', []), told),
      ])
      return { network, balance, blocks: [block, again].map(plain), logs: plain(logs), unknown }
    },
  }
}
