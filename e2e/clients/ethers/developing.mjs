// What only a development node takes: a gateway in front of it is not to stand in the way.
export function developing(world) {
  const { node, bob, plain, mined } = world
  const stranger = '0x00000000000000000000000000000000000C0FFE'
  return {
    'sends from an account of the node': async () => {
      const signer = await node.getSigner(2)
      const sent = await signer.sendTransaction({ to: bob.address, value: 13n })
      const { blockNumber, blockHash, ...receipt } = plain(await sent.wait())
      const accounts = await node.send('eth_accounts', [])
      return { accounts, signature: await signer.signMessage('hello'), gas: receipt.gasUsed }
    },
    'sets a balance and goes back': async () => {
      const id = await node.send('evm_snapshot', [])
      await node.send('anvil_setBalance', [stranger, '0x1234'])
      const between = await node.getBalance(stranger)
      const reverted = await node.send('evm_revert', [id])
      return { between, reverted, after: await node.getBalance(stranger) }
    },
    'impersonates': async () => {
      await node.send('anvil_setBalance', [stranger, '0xde0b6b3a7640000'])
      await node.send('anvil_impersonateAccount', [stranger])
      const call = { from: stranger, to: bob.address, value: '0x1' }
      const hash = await node.send('eth_sendTransaction', [call])
      const { status, from } = await mined(hash)
      return { status, from }
    },
  }
}
