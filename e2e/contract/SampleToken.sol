// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// A small token with all that the tests want to see go by: storage, indexed events, and one revert
/// of each kind.
contract SampleToken {
    error InsufficientBalance(address holder, uint256 balance, uint256 needed);

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Noted(bytes32 indexed subject, uint256 indexed number, string text);

    uint256 public totalSupply;
    uint256 public notes;
    mapping(address => uint256) public balanceOf;
    string public lastNote;

    constructor(uint256 supply) {
        totalSupply = supply;
        balanceOf[msg.sender] = supply;
        emit Transfer(address(0), msg.sender, supply);
    }

    function transfer(address to, uint256 value) external returns (bool) {
        uint256 balance = balanceOf[msg.sender];
        if (balance < value) revert InsufficientBalance(msg.sender, balance, value);
        balanceOf[msg.sender] = balance - value;
        balanceOf[to] += value;
        emit Transfer(msg.sender, to, value);
        return true;
    }

    function note(bytes32 subject, string calldata text) external {
        lastNote = text;
        emit Noted(subject, ++notes, text);
    }

    function failWithReason() external pure {
        revert("this always fails");
    }

    function failWithPanic(uint256 divisor) external pure returns (uint256) {
        return 1 / divisor;
    }
}
