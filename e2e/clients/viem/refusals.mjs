import { BaseError, ContractFunctionRevertedError } from 'viem'
import { refusal } from '../shared.mjs'

// What viem makes of the errors that a node tells.
export function refusals(world) {
  const { node, bob, alice, token } = world
  const simulate = (functionName, args, block) =>
    node.simulateContract({ ...token, account: bob, functionName, args, ...block })
  const early = () => ({ blockNumber: world.deployed.blockNumber })
  return {
    'decodes a custom error': async () => ({
      now: await refusal(() => simulate('transfer', [alice.address, 1_000n]), reverted),
      then: await refusal(() => simulate('transfer', [alice.address, 1_000n], early()), reverted),
    }),
    'decodes a reason and a panic': async () => ({
      reason: await refusal(() => simulate('failWithReason'), reverted),
      panic: await refusal(() => simulate('failWithPanic', [0n]), reverted),
    }),
    'is told why gas cannot be estimated': async () =>
      refusal(
        () => node.estimateContractGas({
          ...token, account: bob, functionName: 'transfer', args: [alice.address, 1_000n],
        }),
        reverted,
      ),
    'is told what was wrong with a call': async () => ({
      unknownMethod: await refusal(() => request('no_suchMethod', []), told),
      badAddress: await refusal(() => request('eth_getBalance', ['0x12', 'latest']), told),
      noParams: await refusal(() => request('eth_getBalance', []), told),
      badBlock: await refusal(() => request('eth_getBlockByNumber', ['0xzz', false]), told),
      badTransaction: await refusal(() => request('eth_sendRawTransaction', ['0x00']), told),
      futureState: await refusal(() => request('eth_getBalance', [bob.address, '0xffffff']), told),
    }),
    'gets null for what is not there': async () => ({
      block: await request('eth_getBlockByNumber', ['0xffffff', false]),
      blockHash: await request('eth_getBlockByHash', [`0x${'12'.repeat(32)}`, false]),
      transaction: await request('eth_getTransactionByHash', [`0x${'12'.repeat(32)}`]),
      receipt: await request('eth_getTransactionReceipt', [`0x${'12'.repeat(32)}`]),
    }),
    'is refused a transaction that cannot be paid': async () => {
      const request = { account: bob, to: alice.address, value: 10n ** 30n, gas: 21_000n }
      return refusal(() => world.wallet.sendTransaction(request), (error) => told(root(error)))
    },
  }

  function request(method, params) {
    return node.request({ method, params }, { retryCount: 0 })
  }
}

const root = (error) => (error instanceof BaseError ? error.walk() : error)

function reverted(error) {
  const cause = error.walk((e) => e instanceof ContractFunctionRevertedError)
  if (!cause) throw error
  const { code, data, details } = root(error)
  const { errorName, args } = cause.data ?? {}
  return { errorName, args, reason: cause.reason, raw: cause.raw, code, data, details }
}

function told(error) {
  const { name, details, shortMessage } = error
  const { code, message, data } = error.cause ?? error
  return { name, details, shortMessage, code, message, data }
}
