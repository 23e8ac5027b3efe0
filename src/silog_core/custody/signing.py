"""Keys and signatures: Ed25519, named and written as C2SP signed notes write them.

Signing and checking need the ``cryptography`` package, the extra ``sign``.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Any, Protocol

import attrs

from silog_core.errors import SignatureError

#: The kind of key: signs a text as it is, or cosigns a checkpoint with a time.
PLAIN, COSIGNER = 1, 4
KEY_BYTES = 32
SIGNATURE_BYTES = 64
_NAME = re.compile(r"[^\s+\x00-\x20\x7f]{1,200}")
_PRIVATE = "PRIVATE+KEY+"


@attrs.frozen(order=True)
class PublicKey:
    """A name and an Ed25519 key; its text is what an office publishes.

    Example:
        >>> key = PublicKey("kpu-sumut", bytes(32))
        >>> key.text
        'kpu-sumut+6d83b1db+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
        >>> PublicKey.parse(key.text) == key
        True
    """

    name: str
    raw: bytes = attrs.field(repr=False)
    kind: int = PLAIN

    def __attrs_post_init__(self) -> None:
        check_name(self.name)
        if len(self.raw) != KEY_BYTES or self.kind not in {PLAIN, COSIGNER}:
            raise SignatureError(f"the key {self.name} is not Ed25519", "give 32 bytes")

    @property
    def key_hash(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        data = self.name.encode() + b"\n" + bytes([self.kind]) + self.raw
        return sha256(data).digest()[:4]

    @property
    def text(self) -> str:
        """The key as one word."""
        body = b64encode(bytes([self.kind]) + self.raw).decode()
        return f"{self.name}+{self.key_hash.hex()}+{body}"

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """Return the key that `text` wrote.

        Raises:
            SignatureError: It did not, or the key's hash does not fit.
        """
        name, hexed, body = [*text.split("+", 2), "", ""][:3]
        data = from_base64(body, "a key")
        key = cls(name, data[1:], data[0] if data else 0)
        if key.text != text:
            raise SignatureError(f"the key {text!r} is damaged: {hexed}", "copy it again")
        return key


class Signer(Protocol):
    """Whoever holds a private key: a file, a card, a service."""

    @property
    def key(self) -> PublicKey:
        """The key that checks what was signed."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of an Ed25519 signature."""
        ...


class FileSigner:
    """Signs with a private key that is a line of text.

    Example:
        >>> signer = FileSigner.generate("warehouse-12.71")
        >>> signature_holds(signer.key.raw, b"sealed", signer.sign(b"sealed"))
        True
        >>> FileSigner.parse(signer.secret_text()).key == signer.key
        True
    """

    def __init__(self, name: str, seed: bytes, kind: int = PLAIN) -> None:
        """Take the 32 bytes of a private key."""
        if len(seed) != KEY_BYTES:
            raise SignatureError("a private key has not 32 bytes", "copy it again")
        private = _ed25519().Ed25519PrivateKey.from_private_bytes(seed)
        self._sign = private.sign
        self._seed = seed
        self._key = PublicKey(name, private.public_key().public_bytes_raw(), kind)

    @classmethod
    def generate(cls, name: str, kind: int = PLAIN) -> FileSigner:
        """Return a signer with a new key."""
        seed = _ed25519().Ed25519PrivateKey.generate().private_bytes_raw()
        return cls(name, seed, kind)

    @classmethod
    def parse(cls, text: str) -> FileSigner:
        """Return the signer whose key `secret_text` wrote.

        Raises:
            SignatureError: It did not. The text is not repeated in the message.
        """
        line = text.strip()
        if not line.startswith(_PRIVATE):
            raise SignatureError("this is not a private key", "name a file that silog made")
        name, _hexed, body = [*line[len(_PRIVATE) :].split("+", 2), "", ""][:3]
        data = from_base64(body, "a private key")
        signer = cls(name, data[1:], data[0] if data else 0)
        if signer.secret_text() != line:
            raise SignatureError("the private key is damaged", "copy it again")
        return signer

    @property
    def key(self) -> PublicKey:
        """The key that checks what was signed."""
        return self._key

    def sign(self, message: bytes) -> bytes:
        """Return the signature of *message*."""
        signature: bytes = self._sign(message)
        return signature

    def secret_text(self) -> str:
        """Return the private key as one line; keep it secret."""
        body = b64encode(bytes([self._key.kind]) + self._seed).decode()
        return f"{_PRIVATE}{self._key.name}+{self._key.key_hash.hex()}+{body}"


def signature_holds(key: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether *signature* is the key's on *message*; strict as RFC 8032 asks.

    Raises:
        SignatureError: The extra that checks signatures is not installed.
    """
    ed25519 = _ed25519()
    from cryptography.exceptions import InvalidSignature

    if len(signature) != SIGNATURE_BYTES or len(key) != KEY_BYTES:
        return False
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def check_name(name: str) -> str:
    """Return *name* if it can name a key, a device or a ledger.

    Raises:
        SignatureError: It is empty, too long, or holds a space or a plus sign.
    """
    if not _NAME.fullmatch(name):
        raise SignatureError(f"{name!r} names no key", "give letters without space or plus")
    return name


def from_base64(text: str, what: str) -> bytes:
    """Return the bytes of *text*, which has to be the one way to write them.

    Raises:
        SignatureError: It is not base64, or not its canonical form.
    """
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        data = b""
    if not data or b64encode(data).decode() != text:
        raise SignatureError(f"{what} is not base64: {text[:60]!r}", "copy it again")
    return data


def _ed25519() -> Any:
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError as wrong:
        raise SignatureError(
            "signatures need the package cryptography", "pip install silog-core[sign]"
        ) from wrong
    return ed25519
