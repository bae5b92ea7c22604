"""What can be wrong with a key file, a certificate or the claims of a token, in words and without secrets."""

from __future__ import annotations

from aep_tui.domain.problem import Problem


class SigningProblem(Problem):
    """No token or key pair could be made."""


class KeyFileProblem(SigningProblem):
    """The file cannot be read: not found, a directory, no permission, too big."""


class NotAPrivateKeyProblem(SigningProblem):
    """The file is something else: a certificate, a public key, a Java keystore, an SSH key, anything."""


class DamagedKeyProblem(SigningProblem):
    """The file begins like a private key and is cut off or damaged."""


class PassphraseNeededProblem(SigningProblem):
    """The key is encrypted and no passphrase was given."""


class WrongPassphraseProblem(SigningProblem):
    """The passphrase does not open the key."""


class UnsuitableKeyProblem(SigningProblem):
    """A private key that RS256 cannot use: not RSA, or shorter than 2048 bits."""


class CertificateProblem(SigningProblem):
    """The file to compare with is no certificate."""


class ClaimsProblem(SigningProblem):
    """A claim is missing or cannot work."""


class KeyPairProblem(SigningProblem):
    """A new key pair cannot be written, for example because a file of that name exists."""
