"""Published vectors: Merkle proofs and Ed25519 signatures get the stated verdict."""

from __future__ import annotations

import json
from base64 import b64decode

import pytest

from shared_data import shared
from silog_core.custody.merkle import check_consistency, check_inclusion
from silog_core.custody.signing import signature_holds
from silog_core.errors import ProofError


def _vectors(kind):
    found = sorted(shared(f"bench/merkle/{kind}").rglob("*.json"))
    assert found
    return [(path.name, json.loads(path.read_text("utf-8"))) for path in found]


def _accepts(check, **given):
    try:
        check(**given)
    except ProofError:
        return False
    return True


def test_inclusion_vectors():
    """Every inclusion proof is taken, or refused, as published."""
    for name, case in _vectors("inclusion"):
        accepted = _accepts(
            check_inclusion,
            leaf=b64decode(case["leafHash"]),
            index=case["leafIdx"],
            size=case["treeSize"],
            proof=[b64decode(one) for one in case["proof"] or ()],
            root=b64decode(case["root"]),
        )

        assert (name, not case["wantErr"]) == (name, accepted)


def test_consistency_vectors():
    """Every consistency proof is taken, or refused, as published."""
    for name, case in _vectors("consistency"):
        accepted = _accepts(
            check_consistency,
            size1=case["size1"],
            size2=case["size2"],
            proof=[b64decode(one) for one in case["proof"] or ()],
            root1=b64decode(case["root1"]),
            root2=b64decode(case["root2"]),
        )

        assert (name, not case["wantErr"]) == (name, accepted)


def test_signature_vectors():
    """Every Ed25519 signature is taken, or refused, as published."""
    pytest.importorskip("cryptography")
    data = json.loads(shared("bench/signatures/ed25519_test.json").read_text("utf-8"))
    count = 0
    for group in data["testGroups"]:
        key = bytes.fromhex(group["publicKey"]["pk"])
        for case in group["tests"]:
            accepted = signature_holds(
                key, bytes.fromhex(case["msg"]), bytes.fromhex(case["sig"])
            )

            assert (case["tcId"], case["result"] == "valid") == (case["tcId"], accepted)
            count += 1
    assert data["numberOfTests"] == count
