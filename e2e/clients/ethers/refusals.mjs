import { refusal } from '../shared.mjs'

// What ethers makes of the errors that a node tells.
export function refusals(world) {
  const { node, bob, alice } = world
  return {
    'decodes a custom error': async () => {
      const token = world.token.connect(bob)
      const at = { blockTag: world.deployed.blockNumber }
      return {
        now: await refusal(() => token.transfer.staticCall(alice.address, 1_000n), reverted),
        then: await refusal(() => token.transfer.staticCall(alice.address, 1_000n, at), reverted),
        estimate: await refusal(() => token.transfer.estimateGas(alice.address, 1_000n), reverted),
      }
    },
    'decodes a reason and a panic': async () => ({
      reason: await refusal(() => world.token.failWithReason(), reverted),
      panic: await refusal(() => world.token.failWithPanic(0), reverted),
    }),
    'is told what was wrong with a call': async () => ({
      unknownMethod: await refusal(() => node.send('no_suchMethod', []), told),
      badAddress: await refusal(() => node.send('eth_getBalance', ['0x12', 'latest']), told),
      noParams: await refusal(() => node.send('eth_getBalance', []), told),
      badTransaction: await refusal(() => node.send('eth_sendRawTransaction', ['0x00']), told),
    }),
    'is refused a transaction that cannot be paid': async () => {
      const request = { to: alice.address, value: 10n ** 30n, gasLimit: 21_000n }
      return refusal(() => bob.sendTransaction(request), told)
    },
    'is refused a nonce that was used': async () => {
      const request = await alice.populateTransaction({ to: bob.address, value: 1n, nonce: 0 })
      return refusal(() => alice.sendTransaction(request), told)
    },
  }
}

function reverted({ code, reason, revert, data, shortMessage }) {
  const args = revert ? [...revert.args] : undefined
  return { code, reason, name: revert?.name, signature: revert?.signature, args, data, shortMessage }
}

function told({ code, error, info, shortMessage }) {
  return { code, error, info: info?.error, shortMessage }
}
