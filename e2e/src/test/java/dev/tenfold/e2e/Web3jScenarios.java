package dev.tenfold.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.MnemonicUtils;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.BatchResponse;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.response.PollingTransactionReceiptProcessor;
import org.web3j.utils.Numeric;

/**
 * What web3j does with a node and sees of it. Each scenario writes down results and errors as they
 * came over the wire, after web3j has read them.
 */
final class Web3jScenarios implements AutoCloseable {
  private static final String MNEMONIC =
      "test test test test test test test test test test test junk";
  private static final BigInteger GAS_PRICE = BigInteger.valueOf(2_000_000_000);
  private static final BigInteger GAS = BigInteger.valueOf(1_000_000);
  private static final DefaultBlockParameter LATEST = DefaultBlockParameterName.LATEST;
  private static final DefaultBlockParameter FIRST = DefaultBlockParameter.valueOf(BigInteger.ONE);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<String, String> seen = new LinkedHashMap<>();
  private final Credentials alice = account(0);
  private final String bob = account(1).getAddress();
  private final Web3j node;
  private final RawTransactionManager transactions;
  private String token = "";

  Web3jScenarios(URI url) {
    HttpService http = new HttpService(url.toString(), true);
    node = Web3j.build(http, 50, Executors.newSingleThreadScheduledExecutor());
    transactions =
        new RawTransactionManager(
            node, alice, 31337, new PollingTransactionReceiptProcessor(node, 50, 200));
  }

  /** Everything, in order: the later ones read what the first wrote. */
  Map<String, String> run() throws Exception {
    sends();
    readsBlocks();
    readsState();
    readsLogs();
    sendsBatches();
    isRefused();
    usesFilters();
    watches();
    return seen;
  }

  private void sends() throws Exception {
    TransactionReceipt deployed =
        send(
            "",
            bytecode() + FunctionEncoder.encodeConstructor(List.of(new Uint256(1_000_000))),
            BigInteger.ZERO);
    token = deployed.getContractAddress();
    saw("receipt of a deployment", node.ethGetTransactionReceipt(deployed.getTransactionHash()));
    saw("transaction", node.ethGetTransactionByHash(deployed.getTransactionHash()));
    TransactionReceipt paid = send(bob, "", BigInteger.TEN);
    saw("receipt of a payment", node.ethGetTransactionReceipt(paid.getTransactionHash()));
    transfer(10);
    transfer(20);
    transfer(30);
    saw("nonce", node.ethGetTransactionCount(alice.getAddress(), LATEST));
  }

  private void readsBlocks() throws IOException {
    saw("block with transactions", node.ethGetBlockByNumber(FIRST, true));
    String hash = node.ethGetBlockByNumber(FIRST, false).send().getBlock().getHash();
    saw("block by hash", node.ethGetBlockByHash(hash, false));
    for (DefaultBlockParameterName tag : DefaultBlockParameterName.values()) {
      if (tag != DefaultBlockParameterName.PENDING) {
        saw("block " + tag.getValue(), node.ethGetBlockByNumber(tag, false));
      }
    }
    saw("receipts of a block", node.ethGetBlockReceipts(FIRST));
    saw("count", node.ethGetBlockTransactionCountByNumber(FIRST));
    saw("count by hash", node.ethGetBlockTransactionCountByHash(hash));
    saw("uncles", node.ethGetUncleCountByBlockNumber(FIRST));
    saw("index", node.ethGetTransactionByBlockNumberAndIndex(FIRST, BigInteger.ZERO));
  }

  private void readsState() throws IOException {
    saw("chain id", node.ethChainId());
    saw("network", node.netVersion());
    saw("client", node.web3ClientVersion());
    saw("gas price", node.ethGasPrice());
    saw("tip", node.ethMaxPriorityFeePerGas());
    saw("fee history", node.ethFeeHistory(4, LATEST, List.of(25.0, 75.0)));
    saw("balance", node.ethGetBalance(bob, LATEST));
    saw("balance at 1", node.ethGetBalance(bob, FIRST));
    saw("code", node.ethGetCode(token, LATEST));
    saw("storage", node.ethGetStorageAt(token, BigInteger.ZERO, LATEST));
    saw("storage at 1", node.ethGetStorageAt(token, BigInteger.ZERO, FIRST));
    saw("proof", node.ethGetProof(token, List.of("0x" + "0".repeat(64)), "latest"));
    saw("call", node.ethCall(call(balanceOf(bob)), LATEST));
    saw("call at 1", node.ethCall(call(balanceOf(bob)), FIRST));
    saw("estimate", node.ethEstimateGas(call(transferOf(1))));
  }

  private void readsLogs() throws IOException {
    EthFilter all = new EthFilter(FIRST, LATEST, token);
    saw("logs", node.ethGetLogs(all));
    String topic =
        node.ethGetLogs(all).send().getLogs().getFirst().get() instanceof Log log
            ? log.getTopics().getFirst()
            : "";
    saw(
        "logs of a topic",
        node.ethGetLogs(new EthFilter(FIRST, LATEST, token).addSingleTopic(topic)));
    saw(
        "logs of bob",
        node.ethGetLogs(
            new EthFilter(FIRST, LATEST, token)
                .addSingleTopic(topic)
                .addNullTopic()
                .addOptionalTopics(padded(bob), padded(token))));
  }

  private void sendsBatches() throws IOException {
    BatchResponse batch =
        node.newBatch()
            .add(node.ethChainId())
            .add(node.ethGetBalance(bob, FIRST))
            .add(node.ethGetBlockByNumber(FIRST, true))
            .add(node.ethCall(call(balanceOf(bob)), LATEST))
            .send();
    int i = 0;
    for (Response<?> response : batch.getResponses()) {
      seen.put("batch " + i++, new ObjectMapper().valueToTree(response.getResult()).toString());
    }
  }

  private void isRefused() throws IOException {
    saw("revert", node.ethCall(call(transferOf(2_000_000)), LATEST));
    saw("revert at 1", node.ethCall(call(transferOf(2_000_000)), FIRST));
    saw("reason", node.ethCall(call(new Function("failWithReason", List.of(), List.of())), LATEST));
    saw("estimate of a revert", node.ethEstimateGas(call(transferOf(2_000_000))));
    saw("bad transaction", node.ethSendRawTransaction("0x00"));
    saw("missing block", node.ethGetBlockByHash("0x" + "12".repeat(32), false));
  }

  private void usesFilters() throws Exception {
    BigInteger filter = node.ethNewFilter(new EthFilter(FIRST, LATEST, token)).send().getFilterId();
    transfer(1);
    saw("filter changes", node.ethGetFilterChanges(filter));
    saw("no changes", node.ethGetFilterChanges(filter));
    saw("filter logs", node.ethGetFilterLogs(filter));
    saw("uninstall", node.ethUninstallFilter(filter));
  }

  private void watches() throws Exception {
    Set<String> logs = new ConcurrentSkipListSet<>();
    var subscription =
        node.ethLogFlowable(new EthFilter(FIRST, LATEST, token))
            .subscribe(log -> logs.add(log.getBlockNumber() + " " + log.getData()));
    Eventually.until("the first logs are seen", PATIENCE, () -> logs.size() >= 5);
    transfer(77);
    Eventually.until("a new log is seen", PATIENCE, () -> logs.size() == 6);
    subscription.dispose();
    seen.put("watched logs", logs.toString());
  }

  private void saw(String name, Request<?, ? extends Response<?>> request) throws IOException {
    Response<?> response = request.send();
    String member = response.hasError() ? "error" : "result";
    seen.put(name, member + " " + RawJson.member(response.getRawResponse(), member));
  }

  private void transfer(long value) throws Exception {
    send(token, FunctionEncoder.encode(transferOf(value)), BigInteger.ZERO);
  }

  private TransactionReceipt send(String to, String data, BigInteger value) throws Exception {
    String hash =
        transactions.sendTransaction(GAS_PRICE, GAS, to, data, value).getTransactionHash();
    return new PollingTransactionReceiptProcessor(node, 50, 200).waitForTransactionReceipt(hash);
  }

  private Transaction call(Function function) {
    return Transaction.createEthCallTransaction(
        alice.getAddress(), token, FunctionEncoder.encode(function));
  }

  private Function transferOf(long value) {
    return new Function("transfer", List.of(new Address(bob), new Uint256(value)), List.of());
  }

  private static Function balanceOf(String holder) {
    return new Function("balanceOf", List.of(new Address(holder)), List.of());
  }

  private static String padded(String address) {
    return Numeric.toHexStringWithPrefixZeroPadded(Numeric.toBigInt(address), 64);
  }

  private static String bytecode() throws IOException {
    File file = new File("contract/SampleToken.json");
    return new ObjectMapper().readTree(file).path("bytecode").asText();
  }

  private static Credentials account(int index) {
    int hard = Bip32ECKeyPair.HARDENED_BIT;
    int[] path = {44 | hard, 60 | hard, hard, 0, index};
    Bip32ECKeyPair master =
        Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(MNEMONIC, ""));
    return Credentials.create(Bip32ECKeyPair.deriveKeyPair(master, path));
  }

  @Override
  public void close() {
    node.shutdown();
  }
}
