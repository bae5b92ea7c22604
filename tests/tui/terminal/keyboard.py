"""What a terminal sends for a key."""

from __future__ import annotations

_LEGACY = {
    "tab": "\t",
    "enter": "\r",
    "escape": "\x1b",
    "backspace": "\x7f",
    "space": " ",
    "shift+tab": "\x1b[Z",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "insert": "\x1b[2~",
    "delete": "\x1b[3~",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f11": "\x1b[23~",
    "f12": "\x1b[24~",
}
_CODE_POINTS = {"tab": 9, "enter": 13, "escape": 27, "space": 32, "backspace": 127}
_MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4}

# Flags of the kitty keyboard protocol.
_DISAMBIGUATE = 1
_ALL_KEYS = 8
_ASSOCIATED_TEXT = 16


def is_key(name: str) -> bool:
    """Return whether `name` is the name of a key ("tab", "ctrl+q", "f1") and not a text to type."""
    *modifiers, base = name.split("+") if len(name) > 1 else [name]
    if any(modifier not in _MODIFIERS for modifier in modifiers):
        return False
    return base in _LEGACY or (bool(modifiers) and len(base) == 1)


def encode_key(name: str, kitty_flags: int = 0) -> bytes:
    """Return the bytes of one key press.

    Args:
        name: a key's name ("tab", "shift+tab", "ctrl+q", "f1") or one character.
        kitty_flags: the flags of the kitty keyboard protocol that the program switched on; 0 for the older encoding.

    Raises:
        ValueError: no keyboard has this key.
    """
    *modifiers, base = name.split("+") if len(name) > 1 else [name]
    if any(modifier not in _MODIFIERS for modifier in modifiers) or not (base in _LEGACY or len(base) == 1):
        raise ValueError(f"unknown key: {name!r}")
    modifier_bits = sum(_MODIFIERS[modifier] for modifier in modifiers)
    code_point = _CODE_POINTS.get(base) or (ord(base) if len(base) == 1 else None)
    if code_point is not None and _is_escaped(base, modifier_bits, kitty_flags):
        return _kitty_encoding(base, code_point, modifier_bits, kitty_flags)
    if name in _LEGACY:
        return _LEGACY[name].encode()
    if len(base) == 1:
        return _legacy_character(base, modifier_bits)
    return _legacy_function_key(base, modifier_bits)


def encode_text(text: str, kitty_flags: int = 0) -> bytes:
    """Return the bytes of typing `text` key by key."""
    names = {" ": "space", "\t": "tab", "\n": "enter"}
    return b"".join(encode_key(names.get(character, character), kitty_flags) for character in text)


def _is_escaped(base: str, modifier_bits: int, kitty_flags: int) -> bool:
    if kitty_flags & _ALL_KEYS:
        return True
    has_control_or_alt = bool(modifier_bits & (_MODIFIERS["ctrl"] | _MODIFIERS["alt"]))
    return bool(kitty_flags & _DISAMBIGUATE) and (base == "escape" or has_control_or_alt)


def _kitty_encoding(base: str, code_point: int, modifier_bits: int, kitty_flags: int) -> bytes:
    modifier = str(modifier_bits + 1) if modifier_bits else ""
    text = " " if base == "space" else base if len(base) == 1 and not modifier_bits & ~_MODIFIERS["shift"] else ""
    if text and kitty_flags & _ASSOCIATED_TEXT:
        return f"\x1b[{code_point};{modifier};{ord(text)}u".encode()
    return f"\x1b[{code_point}{';' + modifier if modifier else ''}u".encode()


def _legacy_character(base: str, modifier_bits: int) -> bytes:
    character = base.upper() if modifier_bits & _MODIFIERS["shift"] else base
    if modifier_bits & _MODIFIERS["ctrl"]:
        character = chr(ord(base.upper()) & 0x1F)
    return (("\x1b" if modifier_bits & _MODIFIERS["alt"] else "") + character).encode()


def _legacy_function_key(base: str, modifier_bits: int) -> bytes:
    """Encode as xterm does: CSI A becomes CSI 1;5A, CSI 5~ becomes CSI 5;5~, SS3 P becomes CSI 1;5P."""
    sequence = _LEGACY[base]
    if not sequence.startswith("\x1b"):
        raise ValueError(f"an old terminal cannot tell this key from {base!r} alone: {modifier_bits=}")
    return f"\x1b[{sequence[2:-1] or '1'};{modifier_bits + 1}{sequence[-1]}".encode()
