import { decodeFunctionResult, encodeFunctionData, parseAbiItem } from 'viem'

// What viem reads of the chain. Nothing here changes it.
export function reads(world) {
  return { ...blocks(world), ...state(world), ...events(world), ...batches(world) }
}

const transfer = parseAbiItem(
  'event Transfer(address indexed from, address indexed to, uint256 value)',
)

function blocks({ node }) {
  return {
    'reads blocks by number, hash and tag': async () => {
      const first = await node.getBlock({ blockNumber: 1n, includeTransactions: true })
      return {
        first,
        byHash: await node.getBlock({ blockHash: first.hash, includeTransactions: true }),
        second: await node.getBlock({ blockNumber: 2n }),
        earliest: await node.getBlock({ blockTag: 'earliest' }),
        latest: await node.getBlock({ blockTag: 'latest' }),
        safe: await node.getBlock({ blockTag: 'safe' }),
        finalized: await node.getBlock({ blockTag: 'finalized', includeTransactions: true }),
        counts: [
          await node.getBlockTransactionCount({ blockNumber: 1n }),
          await node.getBlockTransactionCount({ blockHash: first.hash }),
          await node.getBlockTransactionCount({ blockTag: 'earliest' }),
        ],
      }
    },
    'reads transactions by hash, by block and index, and their receipts': async () => {
      const { transactions, hash } = await node.getBlock({ blockNumber: 1n })
      const receipts = await node.request({ method: 'eth_getBlockReceipts', params: ['0x1'] })
      return {
        byHash: await node.getTransaction({ hash: transactions[0] }),
        byNumberAndIndex: await node.getTransaction({ blockNumber: 1n, index: 0 }),
        byHashAndIndex: await node.getTransaction({ blockHash: hash, index: 0 }),
        receipt: await node.getTransactionReceipt({ hash: transactions[0] }),
        receipts,
      }
    },
    'asks for fees': async () => ({
      chainId: await node.getChainId(),
      gasPrice: await node.getGasPrice(),
      blobBaseFee: await node.getBlobBaseFee(),
      estimated: await node.estimateFeesPerGas(),
      tip: await node.estimateMaxPriorityFeePerGas(),
      history: await node.getFeeHistory({ blockCount: 4, rewardPercentiles: [25, 75] }),
      finalHistory: await node.getFeeHistory({
        blockCount: 2, rewardPercentiles: [50], blockNumber: 2n,
      }),
    }),
  }
}

function state(world) {
  const { node, alice, bob, token } = world
  const balanceOf = (address, block) =>
    node.readContract({ ...token, functionName: 'balanceOf', args: [address], ...block })
  return {
    'reads balances': async () => ({
      alice: await node.getBalance({ address: alice.address }),
      bob: await node.getBalance({ address: bob.address }),
      bobAtStart: await node.getBalance({ address: bob.address, blockNumber: 0n }),
      bobLater: await node.getBalance({ address: bob.address, blockNumber: 2n }),
      bobFinal: await node.getBalance({ address: bob.address, blockTag: 'finalized' }),
    }),
    'calls a contract': async () => ({
      now: await balanceOf(bob.address),
      first: await balanceOf(alice.address, { blockNumber: world.deployed.blockNumber }),
      early: await balanceOf(bob.address, { blockNumber: world.transfers[0].blockNumber }),
      late: await balanceOf(bob.address, { blockNumber: world.transfers[2].blockNumber }),
      note: await node.readContract({ ...token, functionName: 'lastNote' }),
      overridden: await node.call({
        to: token.address,
        data: encodeFunctionData({ ...token, functionName: 'totalSupply' }),
        stateOverride: [
          { address: token.address, stateDiff: [{ slot: slot(0), value: slot(99) }] },
        ],
      }),
    }),
    'estimates': async () => ({
      gas: await node.estimateGas({ account: alice, to: bob.address, value: 1n }),
      contractGas: await node.estimateContractGas({
        ...token, account: alice, functionName: 'transfer', args: [bob.address, 1n],
      }),
      accessList: await node.createAccessList({
        account: alice.address,
        to: token.address,
        data: encodeFunctionData({ ...token, functionName: 'totalSupply' }),
      }),
    }),
    'reads code, storage and proofs': async () => {
      const { address } = token
      const { blockNumber } = world.deployed
      return {
        code: await node.getCode({ address }),
        codeThen: await node.getCode({ address, blockNumber }),
        noCode: await node.getCode({ address, blockNumber: 0n }),
        supply: await node.getStorageAt({ address, slot: slot(0) }),
        notes: await node.getStorageAt({ address, slot: '0x1', blockNumber }),
        proof: await node.getProof({ address, storageKeys: [slot(0), slot(1)] }),
        proofThen: await node.getProof({ address, storageKeys: [slot(0)], blockNumber }),
      }
    },
  }
}

function events(world) {
  const { node, alice, bob, token } = world
  const logs = (filter) => node.getLogs({ address: token.address, fromBlock: 0n, ...filter })
  return {
    'reads logs by topic, range and block': async () => ({
      all: await logs({}),
      transfers: await logs({ event: transfer, toBlock: world.transfers[1].blockNumber }),
      toBob: await logs({ event: transfer, args: { to: bob.address } }),
      toEither: await logs({ event: transfer, args: { to: [bob.address, alice.address] } }),
      // A or B at one position, and A and B at two, are different questions
      orTopics: await raw(node, token, [[topicOf(world, 0), topicOf(world, 1)]]),
      andTopics: await raw(node, token, [topicOf(world, 0), topicOf(world, 1)]),
      ofOneBlock: await node.getLogs({ blockHash: world.noted.blockHash }),
      decoded: await node.getContractEvents({ ...token, fromBlock: 0n, eventName: 'Noted' }),
      none: await logs({ event: transfer, args: { from: bob.address } }),
    }),
  }
}

function batches(world) {
  const { batched, node, alice, bob, token } = world
  const balanceOf = (address) => ({ ...token, functionName: 'balanceOf', args: [address] })
  return {
    'sends batches': async () =>
      Promise.all([
        batched.getChainId(),
        batched.getBalance({ address: bob.address }),
        batched.getBlock({ blockNumber: 1n }),
        batched.getBlock({ blockNumber: 1n }),
        batched.getTransactionReceipt({ hash: world.deployed.transactionHash }),
        batched.readContract(balanceOf(alice.address)),
        batched.request({ method: 'no_suchMethod' }).catch(({ code, details }) => ({ code, details })),
      ]),
    'folds calls into one by multicall': async () =>
      node.multicall({
        deployless: true,
        contracts: [
          balanceOf(alice.address),
          balanceOf(bob.address),
          { ...token, functionName: 'failWithReason' },
        ],
      }).then((answers) => answers.map(({ status, result }) => ({ status, result }))),
    'decodes what it was told as it stands': async () => {
      const data = encodeFunctionData(balanceOf(bob.address))
      const answer = await node.request({
        method: 'eth_call', params: [{ to: token.address, data }, 'latest'],
      })
      return { answer, decoded: decodeFunctionResult({ ...token, functionName: 'balanceOf', data: answer }) }
    },
  }
}

const slot = (number) => `0x${number.toString(16).padStart(64, '0')}`
const topicOf = (world, position) => world.transfers[0].logs[0].topics[position]
const raw = (node, { address }, topics) =>
  node.request({ method: 'eth_getLogs', params: [{ address, fromBlock: '0x0', topics }] })
