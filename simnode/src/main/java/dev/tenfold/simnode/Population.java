package dev.tenfold.simnode;

import java.util.ArrayList;
import java.util.List;

/** The accounts and contracts that invented transactions are about. */
record Population(List<String> accounts, List<String> contracts) {
  private static final int ACCOUNTS = 64;
  private static final int CONTRACTS = 16;

  static Population of(long seed) {
    Dice dice = new Dice(seed, 0x706f70);
    return new Population(addresses(dice, ACCOUNTS), addresses(dice, CONTRACTS));
  }

  String account(Dice dice) {
    return accounts.get(dice.below(ACCOUNTS));
  }

  String contract(Dice dice) {
    return contracts.get(dice.below(CONTRACTS));
  }

  private static List<String> addresses(Dice dice, int count) {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      addresses.add(Hex.data(dice.bytes(20)));
    }
    return List.copyOf(addresses);
  }
}
